package dev.usher.security;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page {@code /sign-in}; its form is taken by Spring Security. */
@Controller
final class SignInPage {

    private final Doors doors;

    SignInPage(Doors doors) {
        this.doors = doors;
    }

    /** @param why {@code failed}, {@code refused} or {@code out}: what led here; anything else is as if it were missing */
    @GetMapping("/sign-in")
    String show(@RequestParam(name = "why", defaultValue = "") String why, Model model) {
        model.addAttribute("why", why);
        model.addAttribute("local", doors.isLocalOpen());
        model.addAttribute("entra", doors.isEntraOpen());
        return "sign-in";
    }
}
