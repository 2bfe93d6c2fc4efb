package dev.usher.console;

import dev.usher.audit.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page {@code /audit}: who did what. */
@Controller
final class AuditPage {

    private final AuditTrail audit;

    AuditPage(AuditTrail audit) {
        this.audit = audit;
    }

    @GetMapping("/audit")
    String show(@RequestParam(required = false) @Nullable String before, Model model) {
        model.addAttribute("page", audit.list(before, null));
        return "audit";
    }
}
