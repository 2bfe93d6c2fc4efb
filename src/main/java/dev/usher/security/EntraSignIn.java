package dev.usher.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Signing in by Microsoft Entra: authorization code with PKCE. Entra's configuration is read when the first person comes,
 * so that Usher starts without it. No token is kept: the id token says who it is and which app roles they have.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc">OpenID Connect</a>
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/howto-add-app-roles-in-apps">App roles</a>
 */
final class EntraSignIn {

    private static final String ID = "entra";
    private static final String START = "/oauth2/authorization";

    private final SecuritySettings.Entra settings;

    EntraSignIn(SecuritySettings.Entra settings) {
        this.settings = settings;
    }

    void addTo(HttpSecurity http) throws Exception {
        var registrations = new SupplierClientRegistrationRepository(
                () -> new InMemoryClientRegistrationRepository(registration()));
        http.oauth2Login(login -> login.loginPage(Refusal.SIGN_IN)
                .clientRegistrationRepository(registrations)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(withPkce(registrations)))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(this::user))
                .defaultSuccessUrl("/")
                .failureUrl(Refusal.SIGN_IN + "?why=refused"));
    }

    private ClientRegistration registration() {
        return ClientRegistrations.fromOidcIssuerLocation(settings.issuer())
                .registrationId(ID)
                .clientId(settings.clientId())
                .clientSecret(settings.clientSecret())
                .scope("openid", "profile")
                .userInfoUri(null)
                .build();
    }

    private static DefaultOAuth2AuthorizationRequestResolver withPkce(ClientRegistrationRepository registrations) {
        var resolver = new DefaultOAuth2AuthorizationRequestResolver(registrations, START);
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return resolver;
    }

    private OidcUser user(OidcUserRequest request) {
        var token = request.getIdToken();
        var role = role(token);
        if (role == null) {
            throw new OAuth2AuthenticationException(new OAuth2Error("access_denied"), "no role in Usher");
        }
        var claim = token.hasClaim(settings.nameClaim()) ? settings.nameClaim() : "sub";
        return new DefaultOidcUser(role.authorities(), token, claim);
    }

    private @Nullable Role role(OidcIdToken token) {
        List<String> roles = token.hasClaim("roles") ? token.getClaimAsStringList("roles") : List.of();
        if (roles.contains(settings.operatorRole())) {
            return Role.OPERATOR;
        }
        return roles.contains(settings.viewerRole()) ? Role.VIEWER : null;
    }

    /** Entra's tokens are not needed after the sign-in. */
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {

        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String registration,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}
    }
}
