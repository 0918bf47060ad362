using Gengdu.Gateway.Sessions;
using Gengdu.Gateway.Tests.Running;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Gengdu.Gateway.Tests;

public sealed class SessionStoreTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Find_IdleForAnHour_IsOver()
    {
        var store = Store();
        var key = await CreateAsync(store);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await store.FindAsync(key, present: true, default));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await store.FindAsync(key, present: true, default));
        _clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Null(await store.FindAsync(key, present: true, default));
        Assert.Null(await Store().FindAsync(key, present: true, default));
    }

    [Fact]
    public async Task Find_AskedByAPageAlone_DoesNotKeepThePersonSignedIn()
    {
        var store = Store();
        var key = await CreateAsync(store);
        for (var minute = 0; minute < 59; minute += 10)
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            await store.FindAsync(key, present: false, default);
        }

        Assert.Null(await store.FindAsync(key, present: false, default));
    }

    [Fact]
    public async Task Find_UsedAllDay_IsOverAfterEightHours()
    {
        var (store, last) = (Store(), _clock.GetUtcNow().AddHours(8));
        var key = await CreateAsync(store);
        for (var minute = 30; minute < 8 * 60; minute += 30)
        {
            _clock.Advance(TimeSpan.FromMinutes(30));
            var session = await store.FindAsync(key, present: true, default);
            // A page warns by these two: whether doing something helps, or only signing in again.
            var idle = _clock.GetUtcNow().AddHours(1);
            Assert.Equal((idle < last ? idle : last, last), (session!.EndsAt, session.LimitAt));
        }

        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await store.FindAsync(key, present: true, default));
    }

    [Fact]
    public async Task Find_UsedAtTheOtherReplica_CountsHereToo()
    {
        var (here, there) = (Store(), Store());
        var key = await CreateAsync(here);
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(50));
            Assert.NotNull(await there.FindAsync(key, present: true, default));
        }

        Assert.NotNull(await here.FindAsync(key, present: true, default));
    }

    [Fact]
    public async Task Create_SignInThatTheProviderHasEnded_GivesNoSession()
    {
        var (store, table, sid) = (Store(), fixture.Host.Services.GetRequiredService<SessionTable>(), Guid.CreateVersion7().ToString());
        var now = _clock.GetUtcNow();
        Assert.True(await table.ObeyAsync(new() { TokenHash = sid, SignInId = sid, IssuedAt = now, KeptUntil = now.AddHours(1) }, default));
        Assert.Null(await store.CreateAsync(New(sid), default));
        Assert.NotNull(await store.CreateAsync(New("another"), default));
    }

    [Fact]
    public async Task End_LeavesNoTokensBehind()
    {
        var store = Store();
        var key = await CreateAsync(store);
        var session = await store.FindAsync(key, present: true, default);
        await store.EndAsync(session!, default);
        var row = await fixture.Host.InDatabaseAsync(async db => await db.Sessions.FindAsync(session!.KeyHash));
        Assert.Equal("", row!.SealedTokens);
        Assert.NotNull(row.EndedAt);
    }

    [Fact]
    public async Task Clean_RemovesWhatIsOverAndNothingElse()
    {
        var store = Store();
        var (old, fresh) = (await CreateAsync(store), "");
        _clock.Advance(TimeSpan.FromHours(2));
        fresh = await CreateAsync(store);
        await store.CleanAsync(default);
        Assert.Null(await Store().FindAsync(old, present: true, default));
        Assert.NotNull(await Store().FindAsync(fresh, present: true, default));
    }

    private SessionStore Store()
    {
        var services = fixture.Host.Services;
        return new(services.GetRequiredService<SessionTable>(), services.GetRequiredService<IDataProtectionProvider>(), Options.Create(new SessionLimits()), _clock);
    }

    private static NewSession New(string sid) => new(Guid.CreateVersion7(), "name", sid, null, new("refresh", "id"), DateTimeOffset.UnixEpoch);

    private static async Task<string> CreateAsync(SessionStore store) => (await store.CreateAsync(New(Guid.CreateVersion7().ToString()), default))!;
}
