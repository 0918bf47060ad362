using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.SignIn;

/// <summary>Sets a password. Everything of before is dead: sessions, grants, known browsers, codes that were handed out.</summary>
internal sealed partial class NewPassword(IdentityDbContext db, PasswordCheck passwords, SignInSessions sessions, KnownBrowsers browsers, SignInLock failures, AccountActs acts, TimeProvider clock, ILogger<NewPassword> logger)
{
    /// <summary>False when too many passwords are being hashed just now, or the code was used meanwhile; nothing is changed then.</summary>
    public async Task<bool> SetAsync(Guid personId, string password, CancellationToken cancellationToken, Guid? codeId = null)
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, cancellationToken);
        if (await passwords.HashAsync(person, password, cancellationToken) is not { } hash)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (codeId is not null && await db.OneTimeCodes.Where(c => c.Id == codeId && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellationToken) == 0)
        {
            return false;
        }

        person.SetPassword(hash);
        db.Audit(await acts.OfAsync(personId, "password.changed", new { codeId }, cancellationToken), now);
        await db.SaveChangesAsync(cancellationToken);
        await db.OneTimeCodes.Where(c => c.PersonId == personId && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), cancellationToken);
        await sessions.EndAllOfAsync(personId, cancellationToken);
        await failures.ClearPersonAsync(personId, cancellationToken);
        await browsers.ForgetAllOfAsync(personId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Set(logger, personId, codeId is not null);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A new password of {PersonId} was set, with a code from the desk: {WithCode}")]
        public static partial void Set(ILogger logger, Guid personId, bool withCode);
    }
}
