using System.Security.Claims;
using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// Between the password and the second factor: a short-lived cookie says whose password was right in this browser. It is no
/// session and opens nothing but the next step.
/// </summary>
internal sealed class SignInStep(IdentityDbContext db)
{
    public const string Scheme = "sign-in-step";
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    public const string Code = "code";

    /// <summary>Nothing is set up yet, and must be.</summary>
    public const string FirstSetup = "first-setup";

    /// <summary>A signed-in person gave the password again: may replace what is set up.</summary>
    public const string Replacement = "replacement";

    private const string NextClaim = "next";
    private const string StampClaim = "stamp";
    private const string SubjectClaim = "counted";

    public static Task BeginAsync(HttpContext http, Person person, Guid subject, string next)
    {
        var identity = new ClaimsIdentity([new("sub", person.Id.ToString()), new(NextClaim, next), new(StampClaim, person.SecurityStamp!), new(SubjectClaim, subject.ToString())], Scheme);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    /// <summary>The step of this browser; null when it is over, is none of these, or the person changed meanwhile.</summary>
    public async Task<Step?> FindAsync(HttpContext http, CancellationToken cancellationToken, params string[] expected)
    {
        var cookie = (await http.AuthenticateAsync(Scheme)).Principal;
        if (!Guid.TryParse(cookie?.FindFirstValue("sub"), out var id) || !Guid.TryParse(cookie.FindFirstValue(SubjectClaim), out var subject))
        {
            return null;
        }

        var next = cookie.FindFirstValue(NextClaim)!;
        var stamp = cookie.FindFirstValue(StampClaim);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.SecurityStamp == stamp && p.DisabledAt == null, cancellationToken);
        return person is null || !expected.Contains(next) ? null : new(person, subject, next);
    }

    public static Task EndAsync(HttpContext http) => http.SignOutAsync(Scheme);
}

/// <param name="Person">Whose password was right.</param>
/// <param name="Subject">What further tries are counted under.</param>
/// <param name="Next">What may be done with it.</param>
internal sealed record Step(Person Person, Guid Subject, string Next);
