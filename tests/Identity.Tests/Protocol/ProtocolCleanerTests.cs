using Gengdu.Identity.Protocol;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class ProtocolCleanerTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    /// <summary>Rows a second on this side of the border stay, however many thousands go beside them.</summary>
    [Fact]
    public async Task Clean_RemovesThousandsAndNothingThatLives()
    {
        var border = _host.Clock.GetUtcNow() - TimeSpan.FromDays(1);
        await FillAsync("old", 2_500, border.AddSeconds(-1));
        await FillAsync("live", 20, border.AddSeconds(1));

        // The step's pause is by the clock given.
        using var cleaner = new ProtocolCleaner(
            _host.Services.GetRequiredService<IServiceScopeFactory>(), _host.Services.GetRequiredService<PostgresReadiness>(), TimeProvider.System, NullLogger<ProtocolCleaner>.Instance);
        await cleaner.CleanAsync(border, default);

        await _host.InDatabaseAsync(async db =>
        {
            foreach (var rows in (IQueryable<string>[])[
                db.AuthorizationCodes.Select(c => c.CodeHash), db.RefreshTokens.Select(t => t.TokenHash), db.Sessions.Select(s => s.Id),
                db.PushedRequests.Select(p => p.Hash), db.SeenIdentifiers.Select(s => s.Hash)])
            {
                // The host's other sign-ins are none of this test's.
                Assert.Equal((0, 20), (await rows.CountAsync(key => key.StartsWith("old")), await rows.CountAsync(key => key.StartsWith("live"))));
            }
        });
    }

    [Fact]
    public async Task Clean_LeavesASignInAndItsTokensAlone()
    {
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync();
        using var cleaner = new ProtocolCleaner(
            _host.Services.GetRequiredService<IServiceScopeFactory>(), _host.Services.GetRequiredService<PostgresReadiness>(), TimeProvider.System, NullLogger<ProtocolCleaner>.Instance);
        await cleaner.CleanAsync(_host.Clock.GetUtcNow() - TimeSpan.FromDays(1), default);
        Assert.True((await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)).IsSuccessStatusCode);
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
    }

    private Task FillAsync(string kind, int count, DateTimeOffset at) => _host.InDatabaseAsync(async db =>
    {
        var person = _host.AdministratorId;
        await db.Database.ExecuteSqlAsync($"""
            insert into authorization_codes (code_hash, client_id, redirect_uri, challenge, scope, person_id, security_stamp, session_id, authenticated_at, family_id, expires_at)
            select {kind} || i, 'gateway', '', '', 'openid', {person}, '', {kind} || i, {at}, gen_random_uuid(), {at} from generate_series(1, {count}) i
            """);
        await db.Database.ExecuteSqlAsync($"""
            insert into refresh_tokens (token_hash, family_id, client_id, person_id, security_stamp, session_id, scope, expires_at, family_expires_at)
            select {kind} || i, gen_random_uuid(), 'gateway', {person}, '', {kind} || i, 'openid', {at}, {at} from generate_series(1, {count}) i
            """);
        await db.Database.ExecuteSqlAsync($"""
            insert into sessions (id, person_id, security_stamp, authenticated_at, expires_at) select {kind} || i, {person}, '', {at}, {at} from generate_series(1, {count}) i
            """);
        await db.Database.ExecuteSqlAsync($"insert into pushed_requests (hash, client_id, query, expires_at) select {kind} || i, 'gateway', '', {at} from generate_series(1, {count}) i");
        await db.Database.ExecuteSqlAsync($"insert into seen_identifiers (hash, expires_at) select {kind} || i, {at} from generate_series(1, {count}) i");
    });
}
