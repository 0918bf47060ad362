using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Pages;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>A new password for whoever is signed in and knows the old one. All other sessions end.</summary>
internal static class ChangePassword
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, Visits visits, Account account, PasswordCheck passwords, NewPassword change, SignInCompletion completion, IdentityDbContext db, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        if (await account.WhoAsync(http, cancellationToken) is not { } me)
        {
            return account.SignIn(visit);
        }

        Task<IResult> Refuse(int status, Text text) => account.PageAsync(visit, status, me.Session, me.Person, text, good: false, cancellationToken);
        var (present, wanted) = (visit.Posted("password"), visit.Posted("newPassword"));
        if (!visit.IsFromOurPage)
        {
            return await Refuse(400, AccountTexts.Expired);
        }

        if (Fault(visit, me.Person.UserName!, present, wanted) is { } fault)
        {
            return await Refuse(422, fault);
        }

        var answer = present.Length is 0 or > PasswordPolicy.Longest ? PasswordAnswer.Refused : await passwords.CheckAsync(http, me.Person.UserName!, present, cancellationToken);
        if (answer.IsBusy || answer.Person is null)
        {
            return await (answer.IsBusy ? Refuse(503, AccountTexts.Busy) : Refuse(401, AccountTexts.WrongPassword));
        }

        if (!await change.SetAsync(me.Person.Id, wanted, cancellationToken))
        {
            return await Refuse(503, AccountTexts.Busy);
        }

        // A new session with a new id: the old one ended with all the others.
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == me.Person.Id, cancellationToken);
        await completion.CompleteAsync(http, person, answer.Subject, me.Session.Acr, cancellationToken);
        return Account.Done(visit, "password");
    }

    private static Text? Fault(Visit visit, string userName, string present, string wanted) =>
        wanted != visit.Posted("repeated") ? AccountTexts.NotTheSame
        : wanted == present ? AccountTexts.SameAsBefore
        : PasswordPolicy.Refuse(wanted, userName);
}
