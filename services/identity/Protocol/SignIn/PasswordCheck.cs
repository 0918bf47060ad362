using System.Threading.RateLimiting;
using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>
/// Name and password. Does the same, and so takes the same time, for a wrong password, an unknown name, a locked and a
/// disabled person. Hashing is dear on purpose, so two at a time and a short queue: a flood of guesses must not take the
/// machine.
/// </summary>
internal sealed partial class PasswordCheck(
    IServiceScopeFactory scopes, IPasswordHasher<Person> hasher, ILookupNormalizer names, SignInPace pace, TimeProvider clock, ILogger<PasswordCheck> logger) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private readonly ConcurrencyLimiter _slots = new(new() { PermitLimit = 2, QueueLimit = 16, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    // A hash in the configured format, so that an unknown name costs what a known one does.
    private readonly (Person Person, string Hash) _nobody = Nobody(hasher, names, clock);

    /// <summary>
    /// One try. A right one still counts until the caller settles it with <see cref="SignInLock"/>: when the person is in,
    /// or when the password alone was right.
    /// </summary>
    public async Task<PasswordAnswer> CheckAsync(HttpContext http, string userName, string password, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var name = names.NormalizeName(userName);
        var person = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.NormalizedUserName == name, cancellationToken);
        var known = await scope.ServiceProvider.GetRequiredService<KnownBrowsers>().FindAsync(http, person?.Id ?? Guid.Empty, cancellationToken);
        if (known is null && !await pace.EnterAsync(http.Connection.RemoteIpAddress, cancellationToken))
        {
            return PasswordAnswer.Busy;
        }

        using var slot = await EnterAsync(cancellationToken);
        if (slot is not { IsAcquired: true })
        {
            return PasswordAnswer.Busy;
        }

        var subject = known ?? person?.Id ?? SignInLock.Nobody(name);
        var admitted = await scope.ServiceProvider.GetRequiredService<SignInLock>().AdmitAsync(subject, cancellationToken);
        var right = hasher.VerifyHashedPassword(person ?? _nobody.Person, person?.PasswordHash ?? _nobody.Hash, password) != PasswordVerificationResult.Failed;
        if (right && admitted && person is { DisabledAt: null, PasswordHash: not null })
        {
            Log.Right(logger, person.Id);
            return new(person, subject);
        }

        pace.Failed(http.Connection.RemoteIpAddress);
        Log.Refused(logger, person?.Id, admitted);
        var reason = !admitted ? "locked" : person is null ? "unknown" : person.DisabledAt is not null ? "disabled" : "password";
        await scope.ServiceProvider.GetRequiredService<AccountActs>()
            .FailedAsync(person?.Id ?? SignInLock.Nobody(name), "sign-in.refused", reason, cancellationToken, http.Connection.RemoteIpAddress);
        return PasswordAnswer.Refused;
    }

    /// <summary>The hash of a new password, in the same short queue; null when it is full.</summary>
    public async Task<string?> HashAsync(Person person, string password, CancellationToken cancellationToken)
    {
        using var slot = await EnterAsync(cancellationToken);
        return slot is { IsAcquired: true } ? hasher.HashPassword(person, password) : null;
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The password of {PersonId} was right")]
        public static partial void Right(ILogger logger, Guid personId);

        [LoggerMessage(2, LogLevel.Information, "A password for {PersonId} was refused; looked at: {Admitted}")]
        public static partial void Refused(ILogger logger, Guid? personId, bool admitted);
    }
}

/// <summary>Busy: nothing was tried. Otherwise the person and what the try was counted under, or nobody.</summary>
internal sealed record PasswordAnswer(Person? Person, Guid Subject, bool IsBusy = false)
{
    public static readonly PasswordAnswer Busy = new(null, Guid.Empty, true);

    public static readonly PasswordAnswer Refused = new((Person?)null, Guid.Empty);
}
