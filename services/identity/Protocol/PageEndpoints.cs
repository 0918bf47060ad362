using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.TwoFactor;

namespace Gengdu.Identity.Protocol;

/// <summary>Pages that people see; each works without JavaScript.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this RouteGroupBuilder protocol)
    {
        var pages = protocol.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/sign-in", SignInEndpoint.ShowAsync);
        pages.MapPost("/sign-in", SignInEndpoint.SubmitAsync);
        pages.MapGet("/second-factor", SecondFactorEndpoint.ShowAsync);
        pages.MapPost("/second-factor", SecondFactorEndpoint.SubmitAsync);
        pages.MapGet("/second-factor/setup", SecondFactorSetup.ShowAsync);
        pages.MapPost("/second-factor/setup", SecondFactorSetup.SubmitAsync);
        pages.MapGet("/recovery-codes", RecoveryCodesEndpoint.ShowAsync);
        pages.MapPost("/recovery-codes", RecoveryCodesEndpoint.SubmitAsync);
        pages.MapGet("/account", AccountEndpoint.ShowAsync);
        pages.MapPost("/account/password", ChangePassword.HandleAsync);
        pages.MapPost("/account/second-factor", ChangeSecondFactor.HandleAsync);
        pages.MapPost("/account/sessions", EndMySessions.HandleAsync);
        pages.MapGet("/invitation", SetPassword.ShowInvitationAsync);
        pages.MapPost("/invitation", SetPassword.AcceptInvitationAsync);
        pages.MapGet("/reset", SetPassword.ShowResetAsync);
        pages.MapPost("/reset", SetPassword.ResetAsync);
    }
}
