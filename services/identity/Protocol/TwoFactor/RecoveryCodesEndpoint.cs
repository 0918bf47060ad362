using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.Sessions;

namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>/identity/recovery-codes: shows new codes until the person has kept them.</summary>
internal static class RecoveryCodesEndpoint
{
    public static async Task<IResult> ShowAsync(HttpContext http, Visits visits, ShownOnce shown, SignInSessions sessions, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        return shown.Find(http) is { } codes && await sessions.CurrentAsync(http, cancellationToken) is not null
            ? visit.Page(200, new RecoveryCodesPage(visit, codes))
            : Onward(visit);
    }

    public static async Task<IResult> SubmitAsync(HttpContext http, Visits visits, ShownOnce shown, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        if (visit.IsFromOurPage)
        {
            shown.Forget(http);
        }

        return Onward(visit);
    }

    private static SeeOther Onward(Visit visit) => SeeOther.To(visit.Next ?? visit.To("/identity/account"));
}
