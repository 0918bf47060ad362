using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.TwoFactor;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>Sets the second factor up, removes it, or makes new recovery codes; each asks for the password again.</summary>
internal static class ChangeSecondFactor
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, Visits visits, Account account, PasswordCheck passwords, SignInLock failures, SecondFactors factors, ShownOnce shown, SignInCompletion completion,
        CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        if (await account.WhoAsync(http, cancellationToken) is not { } me)
        {
            return account.SignIn(visit);
        }

        Task<IResult> Refuse(int status, Text text) => account.PageAsync(visit, status, me.Session, me.Person, text, good: false, cancellationToken);
        var (act, password) = (visit.Posted("act"), visit.Posted("password"));
        if (!visit.IsFromOurPage)
        {
            return await Refuse(400, AccountTexts.Expired);
        }

        if (act == "removal" && await factors.IsRequiredAsync(me.Person.Id, cancellationToken))
        {
            return await Refuse(422, AccountTexts.FactorNeeded);
        }

        var answer = password.Length is 0 or > PasswordPolicy.Longest ? PasswordAnswer.Refused : await passwords.CheckAsync(http, me.Person.UserName!, password, cancellationToken);
        if (answer.IsBusy || answer.Person is null)
        {
            return await (answer.IsBusy ? Refuse(503, AccountTexts.Busy) : Refuse(401, AccountTexts.WrongPassword));
        }

        await failures.ClearAsync(answer.Subject, cancellationToken);
        switch (act)
        {
            case "setup":
                // Who has the factor gets here only with it: the session has both.
                await SignInStep.BeginAsync(http, me.Person, answer.Subject, SignInStep.Replacement);
                return SeeOther.To($"/identity/second-factor/setup?lang={visit.Language}&ticket={Uri.EscapeDataString(account.Ticket(visit))}");
            case "codes" when await factors.HasAsync(me.Person.Id, cancellationToken):
                shown.Keep(http, await factors.NewCodesAsync(me.Person.Id, cancellationToken));
                return SeeOther.To($"/identity/recovery-codes?lang={visit.Language}");
            case "removal":
                await factors.RemoveOwnAsync(me.Person.Id, cancellationToken);
                await completion.CompleteAsync(http, me.Person, answer.Subject, AcrValues.Password, cancellationToken);
                return Account.Done(visit, "removed");
            default:
                return SeeOther.To(visit.To(Account.Path));
        }
    }
}
