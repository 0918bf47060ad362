using static Gengdu.System.Tests.Scope.Declare;

namespace Gengdu.System.Tests.Scope.Routes;

internal static class GatewayRoutes
{
    private const string Session = "the browser's own session and nothing else: tests/Gateway.Tests";

    public static IReadOnlyList<Route> All { get; } =
    [
        Unscoped("GET", "/bff/session", Session),
        Unscoped("GET", "/bff/sign-in", Session),
        Unscoped("POST", "/bff/sign-out", Session),
        Unscoped("POST", "/bff/backchannel-logout", "signed by identity: tests/Gateway.Tests"),
        Unscoped("GET", "/bff/jwks", "public keys"),
    ];
}
