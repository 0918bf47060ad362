using System.Security.Cryptography;
using System.Text;
using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// Five tries, then five minutes of rest, for each name and apart from it for each browser that its person knows. A try is
/// counted before it is looked at, in one statement that is the same for everybody: a hundred at once all count, and the
/// time tells nothing.
/// </summary>
internal sealed class SignInLock(IdentityDbContext db, TimeProvider clock)
{
    public const int Most = 5;
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);

    /// <summary>What failures of a name are counted under that nobody has.</summary>
    public static Guid Nobody(string normalizedName) => new(SHA256.HashData(Encoding.UTF8.GetBytes(normalizedName)).AsSpan(0, 16));

    /// <summary>Counts one try; false when it must not be looked at.</summary>
    public async Task<bool> AdmitAsync(Guid subject, CancellationToken cancellationToken, int most = Most)
    {
        var now = clock.GetUtcNow();
        var (until, forget) = (now + Rest, now - Forgotten);
        var failed = await db.Database.SqlQuery<int>($"""
            insert into sign_in_failures as f (subject, failed, last_failed_at) values ({subject}, 1, {now})
            on conflict (subject) do update set
              failed = case when f.locked_until > {now} then least(f.failed + 1, {most + 1})
                            when f.locked_until <= {now} or f.last_failed_at <= {forget} then 1
                            else f.failed + 1 end,
              locked_until = case when f.locked_until > {now} then f.locked_until
                                  when f.locked_until is null and f.last_failed_at > {forget} and f.failed + 1 >= {most} then {until} end,
              last_failed_at = {now}
            returning failed as "Value"
            """).ToListAsync(cancellationToken);
        return failed[0] <= most;
    }

    /// <summary>The password was right, but signing in is not done: takes this one try back, and no other.</summary>
    public Task ForgiveAsync(Guid subject, CancellationToken cancellationToken) => db.SignInFailures.Where(f => f.Subject == subject && f.Failed <= Most)
        .ExecuteUpdateAsync(f => f.SetProperty(x => x.Failed, x => x.Failed - 1).SetProperty(x => x.LockedUntil, (DateTimeOffset?)null), cancellationToken);

    public Task ClearAsync(Guid subject, CancellationToken cancellationToken) => db.SignInFailures.Where(f => f.Subject == subject).ExecuteDeleteAsync(cancellationToken);

    /// <summary>The desk unlocks: the name, and every browser of the person.</summary>
    public Task ClearPersonAsync(Guid personId, CancellationToken cancellationToken) => db.SignInFailures
        .Where(f => f.Subject == personId || db.KnownBrowsers.Any(b => b.PersonId == personId && b.Id == f.Subject)).ExecuteDeleteAsync(cancellationToken);
}
