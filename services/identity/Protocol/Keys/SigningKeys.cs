using System.Security.Cryptography;
using Gengdu.Identity.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Keys;

/// <summary>The keys of this minute. Makes the first ones, and successors two weeks before they are needed.</summary>
internal sealed class SigningKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);
    private readonly IDataProtector _seal = protection.CreateProtector("signing-keys");
    private readonly SemaphoreSlim _one = new(1);
    private (IReadOnlyList<PublishedKey> Keys, DateTimeOffset Until)? _known;

    public async ValueTask<SigningCredentials> ForAsync(string use, CancellationToken cancellationToken)
    {
        var keys = await AllAsync(cancellationToken);
        // Asked after the keys were read: the first ones, made just now, sign from that moment on.
        var now = clock.GetUtcNow();
        var key = keys.Where(k => k.Use == use && k.ActiveFrom <= now).MaxBy(k => k.ActiveFrom)!;
        return new SigningCredentials(key.Key, key.Algorithm);
    }

    /// <summary>Everything published: announced, signing, and lately signing.</summary>
    public async ValueTask<IReadOnlyList<PublishedKey>> AllAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_known is { } known && known.Until > now)
        {
            return known.Keys;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_known is not { } meanwhile || meanwhile.Until <= now)
            {
                var keys = await ReadAsync(now, cancellationToken);
                _known = (keys, now + Keep);
            }

            return _known.Value.Keys;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<IReadOnlyList<PublishedKey>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var stored = await db.SigningKeys.AsNoTracking().Where(k => k.RetiresAt > now).ToListAsync(cancellationToken);
        if (Missing(stored, now).Any())
        {
            // Replicas must not each make a key: one at a time, and look again.
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("lock table signing_keys in share row exclusive mode", cancellationToken);
            stored = await db.SigningKeys.AsNoTracking().Where(k => k.RetiresAt > now).ToListAsync(cancellationToken);
            foreach (var (use, activeFrom) in Missing(stored, now).ToArray())
            {
                var key = NewKey(use, now, activeFrom);
                stored.Add(key);
                db.Add(key);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return [.. stored.Select(key => PublishedKey.Open(key, _seal.Unprotect))];
    }

    private static IEnumerable<(string Use, DateTimeOffset ActiveFrom)> Missing(List<SigningKey> stored, DateTimeOffset now)
    {
        foreach (var use in (string[])[KeyUses.Access, KeyUses.Id])
        {
            var ofUse = stored.Where(k => k.Use == use).ToList();
            if (!ofUse.Exists(k => k.ActiveFrom <= now))
            {
                // The first start, or all of them aged while nobody was here: one is needed at once.
                yield return (use, now);
            }
            else if (ofUse.MaxBy(k => k.ActiveFrom)!.SuccessorFrom(now) is { } from)
            {
                yield return (use, from);
            }
        }
    }

    private SigningKey NewKey(string use, DateTimeOffset now, DateTimeOffset activeFrom)
    {
        using var rsa = RSA.Create(2048);
        var id = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(12));
        return SigningKey.Create(id, use, _seal.Protect(Convert.ToBase64String(rsa.ExportPkcs8PrivateKey())), now, activeFrom);
    }
}
