using Gengdu.Audit;
using Gengdu.Gateway.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Gateway.Tests;

/// <summary>What only the gateway knows: a browser's session, and what it stops before a service hears of it.</summary>
public sealed class AuditTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Session_BeginsIsRefusedAndEnds()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        await browser.SendAsync(HttpMethod.Post, "/api/reporting/x", new { });
        await browser.GetAsync("/api/analytics/feed/Cycles");
        await browser.SendAsync(HttpMethod.Post, "/bff/sign-out", new { }, ("X-Gengdu-Request", "1"));

        await _host.Services.GetRequiredService<ChainWriter>().ChainAllAsync(CancellationToken.None);
        var acts = await _host.InDatabaseAsync(async db =>
        {
            while (await db.Set<AuditPending>().AnyAsync())
            {
                await Task.Delay(20);
            }

            return await db.Set<AuditEntry>().OrderBy(entry => entry.Seq).ToListAsync();
        });
        var begun = acts.Last(act => act.Act == "session.begun");
        Assert.Contains(acts, act => act.Act == "session.ended" && act.Session == begun.Session && act.ActorId == begun.ActorId);
        Assert.Contains(acts, act => act.Act == "request.denied" && act.ActorId == begun.ActorId && act.Details == "{\"status\":403,\"code\":\"GW-0002\",\"service\":\"reporting\"}");
        // The feed goes by its key: whose browser asked without one is not said.
        Assert.Null(Assert.Single(acts, act => act.Act == "request.denied" && act.Details!.Contains("GW-0013", StringComparison.Ordinal)).ActorId);
    }
}
