using Gengdu.Identity.Protocol.Pages;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>/identity/account: password, second factor and sessions of whoever is signed in.</summary>
internal static class AccountEndpoint
{
    public static async Task<IResult> ShowAsync(HttpContext http, Visits visits, Account account, CancellationToken cancellationToken)
    {
        var visit = await visits.ReadAsync(http, cancellationToken);
        return await account.WhoAsync(http, cancellationToken) is { } me
            ? await account.PageAsync(visit, 200, me.Session, me.Person, AccountTexts.Done(http.Request.Query["done"].ToString()), good: true, cancellationToken)
            : account.SignIn(visit);
    }
}
