using System.Security.Cryptography;
using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Organisations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Identity.Protocol.TwoFactor;

/// <summary>Who has a second factor, who must, and whether a code is good.</summary>
internal sealed class SecondFactors(
    IdentityDbContext db, AccessCache access, IDataProtectionProvider protection, IOptions<SecondFactorOptions> options, AccountActs acts, TimeProvider clock)
{
    private readonly IDataProtector _seal = protection.CreateProtector("second-factor");

    /// <summary>Reviewers and above decide about others' reports or others' rights.</summary>
    public async Task<bool> IsRequiredAsync(Guid personId, CancellationToken cancellationToken) =>
        options.Value.Required && (await access.RightsOfAsync(personId, cancellationToken)).Any(right => right.Role is not (Roles.Reporter or Roles.Approver));

    public Task<bool> HasAsync(Guid personId, CancellationToken cancellationToken) => db.SecondFactors.AnyAsync(f => f.PersonId == personId, cancellationToken);

    /// <summary>True when the session may not be used: its person has got a role meanwhile that needs both factors.</summary>
    public async Task<bool> IsMissingAsync(SignInSession session, CancellationToken cancellationToken) =>
        session.Acr != AcrValues.TwoFactors && await IsRequiredAsync(session.PersonId, cancellationToken);

    public Task<int> CodesLeftAsync(Guid personId, CancellationToken cancellationToken) => db.RecoveryCodes.CountAsync(c => c.PersonId == personId && c.UsedAt == null, cancellationToken);

    /// <summary>
    /// A code of the app, or a recovery code; each works once. Five wrong ones close this step for a quarter of an hour, five
    /// more for half an hour, and so on up to a day: who gets here knows the password, so strangers cannot close it.
    /// </summary>
    public async Task<bool> AcceptAsync(Guid personId, string typed, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Counted before it is looked at, so that many at once all count.
        var admitted = await db.Database.ExecuteSqlAsync($"""
            update second_factors set
              failed_codes = failed_codes + 1,
              closed_until = case when (failed_codes + 1) % 5 = 0
                then {now} + least(interval '15 minutes' * power(2, least((failed_codes + 1) / 5 - 1, 10)), interval '1 day') end
            where person_id = {personId} and (closed_until is null or closed_until <= {now})
            """, cancellationToken) == 1;
        var factor = await db.SecondFactors.AsNoTracking().SingleOrDefaultAsync(f => f.PersonId == personId, cancellationToken);
        if (!admitted || factor is null || !await UseUpAsync(factor, TypedCode.Plain(typed), now, cancellationToken))
        {
            return false;
        }

        await ReopenAsync(personId, cancellationToken);
        return true;
    }

    /// <summary>Forgets wrong codes.</summary>
    public Task ReopenAsync(Guid personId, CancellationToken cancellationToken) => db.SecondFactors.Where(f => f.PersonId == personId)
        .ExecuteUpdateAsync(f => f.SetProperty(x => x.FailedCodes, 0).SetProperty(x => x.ClosedUntil, (DateTimeOffset?)null), cancellationToken);

    /// <summary>Sets the app up and gives recovery codes; null when there is one already that must not be replaced.</summary>
    public async Task<IReadOnlyList<string>?> EnrolAsync(Guid personId, byte[] secret, long step, bool replace, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SecondFactors.Where(f => replace && f.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        db.Add(SecondFactor.Create(personId, _seal.Protect(Convert.ToHexString(secret)), step, clock.GetUtcNow()));
        db.Audit(await acts.OfAsync(personId, replace ? "second-factor.replaced" : "second-factor.set", null, cancellationToken), clock.GetUtcNow());
        try
        {
            var codes = await NewCodesAsync(personId, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return codes;
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    /// <summary>Ten new recovery codes; the old ones are dead.</summary>
    public async Task<IReadOnlyList<string>> NewCodesAsync(Guid personId, CancellationToken cancellationToken)
    {
        string[] codes = [.. Enumerable.Range(0, RecoveryCode.Count).Select(_ => TypedCode.New(4))];
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        db.Audit(await acts.OfAsync(personId, "recovery-codes.made", null, cancellationToken), clock.GetUtcNow());
        db.AddRange(codes.Select(code => RecoveryCode.Create(personId, code)));
        await db.SaveChangesAsync(cancellationToken);
        return codes;
    }

    /// <summary>By the person itself.</summary>
    public async Task RemoveOwnAsync(Guid personId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RemoveAsync(personId, cancellationToken);
        await db.AuditAsync([await acts.OfAsync(personId, "second-factor.removed", null, cancellationToken)], clock.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Inside the transaction of whoever removes it, who also says so in the audit.</summary>
    public async Task RemoveAsync(Guid personId, CancellationToken cancellationToken)
    {
        await db.RecoveryCodes.Where(c => c.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
        await db.SecondFactors.Where(f => f.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<bool> UseUpAsync(SecondFactor factor, string typed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (typed.Length > Totp.Digits)
        {
            var hash = TypedCode.Hash(typed);
            return await db.RecoveryCodes.Where(c => c.PersonId == factor.PersonId && c.CodeHash == hash && c.UsedAt == null)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellationToken) == 1;
        }

        return Unseal(factor) is { } secret && Totp.Match(secret, typed, now) is { } step
            && await db.SecondFactors.Where(f => f.PersonId == factor.PersonId && f.LastStep < step).ExecuteUpdateAsync(f => f.SetProperty(x => x.LastStep, step), cancellationToken) == 1;
    }

    // A lost key ring: the recovery codes still work, and the desk can take the factor away.
    private byte[]? Unseal(SecondFactor factor)
    {
        try
        {
            return Convert.FromHexString(_seal.Unprotect(factor.SealedSecret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
