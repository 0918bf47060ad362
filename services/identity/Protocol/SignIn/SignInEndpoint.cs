using System.Globalization;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.TwoFactor;
using Gengdu.Identity.Protocol.Sessions;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>/identity/sign-in: the page, and what it posts.</summary>
internal static class SignInEndpoint
{
    public static async Task<IResult> ShowAsync(HttpContext http, Visits visits, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        return visit.Next is null ? visits.Broken(visit) : Page(visit, 200, visit.Asked.GetValueOrDefault("login_hint") ?? "", SignInNotice.None);
    }

    public static async Task<IResult> SubmitAsync(
        HttpContext http, Visits visits, PasswordCheck passwords, SecondFactors factors, SignInLock failures, SignInCompletion completion, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        if (visit.Next is not { } next)
        {
            return visits.Broken(visit);
        }

        var (userName, password) = (visit.Posted("userName"), visit.Posted("password"));
        if (!visit.IsFromOurPage)
        {
            return Page(visit, 400, userName, SignInNotice.Expired);
        }

        if (userName.Length is 0 or > 64 || password.Length is 0 or > 128)
        {
            return Page(visit, 401, userName, SignInNotice.Refused);
        }

        var answer = await passwords.CheckAsync(http, userName, password, cancellationToken);
        if (answer.IsBusy)
        {
            http.Response.Headers.RetryAfter = 3.ToString(CultureInfo.InvariantCulture);
            return Page(visit, 503, userName, SignInNotice.Busy);
        }

        if (answer.Person is not { } person)
        {
            return Page(visit, 401, userName, SignInNotice.Refused);
        }

        var has = await factors.HasAsync(person.Id, cancellationToken);
        if (!has && !await factors.IsRequiredAsync(person.Id, cancellationToken))
        {
            await completion.CompleteAsync(http, person, answer.Subject, AcrValues.Password, cancellationToken);
            return SeeOther.To(next);
        }

        await failures.ForgiveAsync(answer.Subject, cancellationToken);
        await SignInStep.BeginAsync(http, person, answer.Subject, has ? SignInStep.Code : SignInStep.FirstSetup);
        return SeeOther.To(visit.To(has ? "/identity/second-factor" : "/identity/second-factor/setup"));
    }

    private static PageResult Page(Visit visit, int status, string userName, SignInNotice notice) => visit.Page(status, new SignInPage(visit, userName, notice));
}
