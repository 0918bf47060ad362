using Gengdu.Identity.Protocol.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Tests.Protocol.Keys;

/// <summary>Each test begins without keys, in a time of its own.</summary>
public sealed class SigningKeysTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Stale = TimeSpan.FromHours(12);
    private readonly ProtocolHost _host = fixture.Host;

    public async ValueTask InitializeAsync() => await _host.InDatabaseAsync(db => db.SigningKeys.ExecuteDeleteAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Three rotations and more, token by token, at a service that looks at JWKS every twelve hours only.</summary>
    [Fact]
    public async Task Rotation_ThreeTimes_RefusesNoToken()
    {
        var clock = At(2040);
        using var keys = Ring(clock);
        var seen = await keys.AllAsync(default);
        var seenAt = clock.GetUtcNow();
        var used = new HashSet<string>();
        for (var hour = 0; hour < 24 * 290; hour += 6)
        {
            if (clock.GetUtcNow() - seenAt >= Stale)
            {
                (seen, seenAt) = (await keys.AllAsync(default), clock.GetUtcNow());
            }

            var credentials = await keys.ForAsync(KeyUses.Access, default);
            used.Add(credentials.Key.KeyId);
            Assert.Contains(seen, key => key.Id == credentials.Key.KeyId && key.Use == KeyUses.Access);
            if (hour % 240 == 0)
            {
                await AssertReadableAsync(credentials, seen);
            }

            // Five minutes later the token still lives, and its key must still be shown.
            clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Contains(await keys.AllAsync(default), key => key.Id == credentials.Key.KeyId);
            clock.Advance(TimeSpan.FromHours(6) - TimeSpan.FromMinutes(5));
        }

        Assert.Equal(4, used.Count);
    }

    [Fact]
    public async Task Keys_AreAnnouncedFourteenDays_SignNinety_AndAreGoneADayLater()
    {
        var clock = At(2050);
        using var keys = Ring(clock);
        var first = (await keys.ForAsync(KeyUses.Id, default)).Key.KeyId;
        clock.Advance(TimeSpan.FromDays(75.9));
        Assert.Equal(2, (await keys.AllAsync(default)).Count);
        clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal(4, (await keys.AllAsync(default)).Count);
        Assert.Equal(first, (await keys.ForAsync(KeyUses.Id, default)).Key.KeyId);
        clock.Advance(TimeSpan.FromDays(14));
        Assert.NotEqual(first, (await keys.ForAsync(KeyUses.Id, default)).Key.KeyId);
        Assert.Contains(await keys.AllAsync(default), key => key.Id == first);
        clock.Advance(TimeSpan.FromDays(1.1));
        Assert.DoesNotContain(await keys.AllAsync(default), key => key.Id == first);
    }

    /// <summary>Nobody was here when the successor was due: there must be no moment in which nothing signs.</summary>
    [Theory]
    [InlineData(2060, 80)]
    [InlineData(2070, 89.99)]
    [InlineData(2080, 90.5)]
    [InlineData(2090, 90.999)]
    [InlineData(2100, 91)]
    [InlineData(2110, 400)]
    public async Task Keys_AfterALongStandstill_SignWithoutAGap(int year, double days)
    {
        var clock = At(year);
        using var keys = Ring(clock);
        await keys.ForAsync(KeyUses.Access, default);
        clock.Advance(TimeSpan.FromDays(days));
        for (var step = 0; step < 200; step++)
        {
            foreach (var use in (string[])[KeyUses.Access, KeyUses.Id])
            {
                var signing = (await keys.ForAsync(use, default)).Key.KeyId;
                Assert.Contains(await keys.AllAsync(default), key => key.Id == signing);
            }

            clock.Advance(TimeSpan.FromHours(step < 100 ? 0.1 : 6));
        }
    }

    /// <summary>Eight replicas wake at the same time, with nothing there: one key for each use, the same for all.</summary>
    [Fact]
    public async Task Keys_MadeByEightReplicasAtOnce_AreMadeOnce()
    {
        var clock = At(2120);
        var rings = Enumerable.Range(0, 8).Select(_ => Ring(clock)).ToList();
        var signing = await Task.WhenAll(rings.Select(async ring => (await ring.ForAsync(KeyUses.Access, default)).Key.KeyId));
        Assert.Single(signing.Distinct());
        var now = clock.GetUtcNow();
        Assert.Equal(2, await _host.InDatabaseAsync(db => db.SigningKeys.CountAsync(k => k.RetiresAt > now)));
        rings.ForEach(ring => ring.Dispose());
    }

    [Fact]
    public async Task Keys_AreSealedInTheDatabase()
    {
        using var keys = Ring(At(2130));
        await keys.AllAsync(default);
        foreach (var stored in await _host.InDatabaseAsync(db => db.SigningKeys.Select(k => k.SealedPrivateKey).ToListAsync()))
        {
            Assert.DoesNotContain("PRIVATE", stored, StringComparison.Ordinal);
            Assert.DoesNotContain("MII", stored[..8], StringComparison.Ordinal);
        }
    }

    private static FakeTimeProvider At(int year) => new(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static async Task AssertReadableAsync(SigningCredentials credentials, IReadOnlyList<PublishedKey> seen)
    {
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor { Issuer = "us", Audience = "you", SigningCredentials = credentials });
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = "us", ValidAudience = "you", ValidateLifetime = false, RequireExpirationTime = false, IssuerSigningKeys = seen.Select(key => key.Key),
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    private SigningKeys Ring(FakeTimeProvider clock) => new(_host.Services.GetRequiredService<IServiceScopeFactory>(), _host.Services.GetRequiredService<IDataProtectionProvider>(), clock);
}
