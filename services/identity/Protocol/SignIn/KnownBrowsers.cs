using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>The cookie by which a browser is known to the people who signed in with it. It opens nothing by itself.</summary>
internal sealed class KnownBrowsers(IdentityDbContext db, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    private string Cookie => options.Value.IsHttps ? "__Secure-gengdu-browser" : "gengdu-browser";

    /// <summary>What failures of this person with this browser are counted under; null when they have not met.</summary>
    public async Task<Guid?> FindAsync(HttpContext http, Guid personId, CancellationToken cancellationToken)
    {
        var hash = Secrets.Hash(Id(http) ?? "");
        return await db.KnownBrowsers.Where(b => b.BrowserHash == hash && b.PersonId == personId).Select(b => (Guid?)b.Id).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>After a complete sign-in. The browser gets a new name, so that one planted or copied before is worth nothing.</summary>
    public async Task RememberAsync(HttpContext http, Person person, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var name = Secrets.New();
        var (former, hash) = (Secrets.Hash(Id(http) ?? ""), Secrets.Hash(name));
        await db.KnownBrowsers.Where(b => b.BrowserHash == former).ExecuteUpdateAsync(b => b.SetProperty(x => x.BrowserHash, hash), cancellationToken);
        if (await db.KnownBrowsers.Where(b => b.BrowserHash == hash && b.PersonId == person.Id).ExecuteUpdateAsync(b => b.SetProperty(x => x.LastUsedAt, now), cancellationToken) == 0)
        {
            db.Add(KnownBrowser.Create(name, person.Id, now));
            await db.SaveChangesAsync(cancellationToken);
        }

        http.Response.Cookies.Append(Cookie, name, new()
        {
            Path = "/identity",
            HttpOnly = true,
            Secure = options.Value.IsHttps,
            SameSite = SameSiteMode.Strict,
            MaxAge = KnownBrowser.Lifetime,
            IsEssential = true,
        });
    }

    /// <summary>Password set anew: whoever used it before is a stranger again.</summary>
    public Task ForgetAllOfAsync(Guid personId, CancellationToken cancellationToken) => db.KnownBrowsers.Where(b => b.PersonId == personId).ExecuteDeleteAsync(cancellationToken);

    private string? Id(HttpContext http) => http.Request.Cookies[Cookie] is { Length: > 0 and <= 100 } id ? id : null;
}
