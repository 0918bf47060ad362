using Gengdu.Audit;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;

namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>/identity/second-factor: the step after the password.</summary>
internal static class SecondFactorEndpoint
{
    public static async Task<IResult> ShowAsync(HttpContext http, Visits visits, SignInStep steps, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        return visit.Next is null ? visits.Broken(visit)
            : await steps.FindAsync(http, cancellationToken, SignInStep.Code) is null ? SeeOther.To(visit.To("/identity/sign-in"))
            : visit.Page(200, new SecondFactorPage(visit, CodeNotice.None));
    }

    public static async Task<IResult> SubmitAsync(
        HttpContext http, Visits visits, SignInStep steps, SecondFactors factors, SignInLock failures, SignInCompletion completion, AccountActs acts, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        if (visit.Next is not { } next)
        {
            return visits.Broken(visit);
        }

        if (await steps.FindAsync(http, cancellationToken, SignInStep.Code) is not { } step)
        {
            return SeeOther.To(visit.To("/identity/sign-in"));
        }

        if (!visit.IsFromOurPage)
        {
            return visit.Page(400, new SecondFactorPage(visit, CodeNotice.Expired));
        }

        var code = visit.Posted("code");
        // Both count: the lock of passwords, and the step's own that a right password does not open.
        if (code.Length is 0 or > 64 || !await failures.AdmitAsync(step.Subject, cancellationToken) || !await factors.AcceptAsync(step.Person.Id, code, cancellationToken))
        {
            await acts.FailedAsync(step.Person.Id, "second-factor.refused", "code", cancellationToken, http.Connection.RemoteIpAddress);
            return visit.Page(401, new SecondFactorPage(visit, CodeNotice.Refused));
        }

        await completion.CompleteAsync(http, step.Person, step.Subject, AcrValues.TwoFactors, cancellationToken);
        return SeeOther.To(next);
    }
}
