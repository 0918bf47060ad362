using System.Threading.RateLimiting;
using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// Name and password. Says the same, in the same time, for a wrong password, an unknown name, a locked and a disabled
/// person. Hashing is dear on purpose, so two at a time and a short queue: a flood of guesses must not take the machine.
/// </summary>
internal sealed partial class PasswordCheck(
    IServiceScopeFactory scopes, IPasswordHasher<Person> hasher, ILookupNormalizer names, IOptions<IdentityOptions> options, TimeProvider clock, ILogger<PasswordCheck> logger) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private readonly ConcurrencyLimiter _slots = new(new() { PermitLimit = 2, QueueLimit = 16, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    // A hash in the configured format, so that an unknown name costs what a known one does.
    private readonly (Person Person, string Hash) _nobody = Nobody(hasher, names, clock);

    /// <summary>Busy: nothing was tried. Otherwise the person, or null.</summary>
    public async Task<(bool Busy, Person? Person)> CheckAsync(string userName, string password, CancellationToken cancellationToken)
    {
        using var slot = await EnterAsync(cancellationToken);
        if (slot is not { IsAcquired: true })
        {
            return (true, null);
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var name = names.NormalizeName(userName);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.NormalizedUserName == name, cancellationToken);
        var right = hasher.VerifyHashedPassword(person ?? _nobody.Person, person?.PasswordHash ?? _nobody.Hash, password) != PasswordVerificationResult.Failed;
        if (person is null)
        {
            Log.Unknown(logger);
            return (false, null);
        }

        var accepted = right && person.DisabledAt is null && await AcceptAsync(db, person.Id, cancellationToken);
        if (!right)
        {
            await CountAsync(db, person.Id, cancellationToken);
        }

        Log.Checked(logger, person.Id, accepted);
        return (false, accepted ? person : null);
    }

    public void Dispose() => _slots.Dispose();

    private static (Person Person, string Hash) Nobody(IPasswordHasher<Person> hasher, ILookupNormalizer names, TimeProvider clock)
    {
        var nobody = Person.Create("nobody", "nobody", names, clock.GetUtcNow());
        return (nobody, hasher.HashPassword(nobody, Secrets.New()));
    }

    private async Task<RateLimitLease?> EnterAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestWait);
        try
        {
            return await _slots.AcquireAsync(1, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // Both in one statement each, so that a hundred guesses at the same time all count and none slips past the lock.
    private async Task<bool> AcceptAsync(IdentityDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await db.People.Where(p => p.Id == id && (p.LockoutEnd == null || p.LockoutEnd <= now))
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null), cancellationToken) == 1;
    }

    private async Task CountAsync(IdentityDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var (now, most) = (clock.GetUtcNow(), options.Value.Lockout.MaxFailedAccessAttempts);
        DateTimeOffset? until = now + options.Value.Lockout.DefaultLockoutTimeSpan;
        await db.People.Where(p => p.Id == id && (p.LockoutEnd == null || p.LockoutEnd <= now)).ExecuteUpdateAsync(
            p => p.SetProperty(x => x.LockoutEnd, x => x.AccessFailedCount + 1 >= most ? until : x.LockoutEnd)
                .SetProperty(x => x.AccessFailedCount, x => x.AccessFailedCount + 1 >= most ? 0 : x.AccessFailedCount + 1),
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Sign-in of {PersonId} was checked, accepted: {Accepted}")]
        public static partial void Checked(ILogger logger, Guid personId, bool accepted);

        [LoggerMessage(2, LogLevel.Information, "Sign-in with an unknown name was refused")]
        public static partial void Unknown(ILogger logger);
    }
}
