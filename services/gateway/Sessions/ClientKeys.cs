using System.Security.Cryptography;
using Gengdu.Gateway.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Sessions;

/// <summary>The gateway's key as a client, sealed; all replicas share it.</summary>
internal sealed class ClientKey
{
    public required string Id { get; init; }

    /// <summary>PKCS #8, sealed by Data Protection.</summary>
    public required string SealedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>
/// Makes the first key, and a successor every ninety days; that one is published a day before it signs, so that the provider
/// knows it by then, and the old one stays published as long again.
/// </summary>
internal sealed class ClientKeys(IServiceScopeFactory scopes, IDataProtectionProvider protection, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Renewed = TimeSpan.FromDays(90);
    private static readonly TimeSpan Announced = TimeSpan.FromDays(1);
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(1);
    private readonly IDataProtector _seal = protection.CreateProtector("client-keys");
    private readonly SemaphoreSlim _one = new(1);
    private (IReadOnlyList<(DateTimeOffset CreatedAt, ECDsaSecurityKey Key)> Keys, DateTimeOffset Until)? _known;

    public async ValueTask<SigningCredentials> CurrentAsync(CancellationToken cancellationToken)
    {
        var (now, keys) = (clock.GetUtcNow(), await AllAsync(cancellationToken));
        var announced = keys.Where(key => key.CreatedAt <= now - Announced).ToArray();
        return new(announced.Length > 0 ? announced.MaxBy(key => key.CreatedAt).Key : keys.MinBy(key => key.CreatedAt).Key, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>The public halves.</summary>
    public async ValueTask<IReadOnlyList<ClientJwk>> PublicAsync(CancellationToken cancellationToken) => [.. (await AllAsync(cancellationToken)).Select(pair =>
    {
        var point = pair.Key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new ClientJwk("EC", "P-256", "ES256", "sig", pair.Key.KeyId, Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    })];

    public void Dispose() => _one.Dispose();

    private async ValueTask<IReadOnlyList<(DateTimeOffset CreatedAt, ECDsaSecurityKey Key)>> AllAsync(CancellationToken cancellationToken)
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
                _known = ([.. (await ReadAsync(now, cancellationToken)).Select(key => (key.CreatedAt, Open(key)))], now + Keep);
            }

            return _known.Value.Keys;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<List<ClientKey>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDbContext>();
        var stored = await LiveAsync();
        if (stored.Exists(key => key.CreatedAt > now - Renewed))
        {
            return stored;
        }

        // Replicas must not each make a key: one at a time, and look again.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("lock table client_keys in share row exclusive mode", cancellationToken);
        stored = await LiveAsync();
        if (!stored.Exists(key => key.CreatedAt > now - Renewed))
        {
            var key = NewKey(now);
            stored.Add(key);
            db.Add(key);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return stored;

        Task<List<ClientKey>> LiveAsync() => db.ClientKeys.AsNoTracking().Where(key => key.CreatedAt > now - Renewed - Announced - Announced).ToListAsync(cancellationToken);
    }

    private ClientKey NewKey(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new() { Id = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(12)), SealedPrivateKey = _seal.Protect(Convert.ToBase64String(key.ExportPkcs8PrivateKey())), CreatedAt = now };
    }

    private ECDsaSecurityKey Open(ClientKey stored)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(_seal.Unprotect(stored.SealedPrivateKey)), out _);
        return new(key) { KeyId = stored.Id };
    }
}
