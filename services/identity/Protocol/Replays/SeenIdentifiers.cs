using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Replays;

/// <summary>In the database, so that what one replica saw the other knows.</summary>
internal sealed class SeenIdentifiers(IdentityDbContext db)
{
    /// <summary>True for exactly one caller, however many ask at once.</summary>
    public async Task<bool> FirstTimeAsync(string kind, string value, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var hash = Hash(kind, value);
        return await db.Database.ExecuteSqlAsync($"insert into seen_identifiers (hash, expires_at) values ({hash}, {until}) on conflict do nothing", cancellationToken) == 1;
    }

    public Task<bool> WasSeenAsync(string kind, string value, CancellationToken cancellationToken)
    {
        var hash = Hash(kind, value);
        return db.SeenIdentifiers.AnyAsync(s => s.Hash == hash, cancellationToken);
    }

    private static string Hash(string kind, string value) => Secrets.Hash($"{kind} {value}");
}
