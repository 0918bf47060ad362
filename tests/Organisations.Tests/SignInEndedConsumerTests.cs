using Gengdu.Contracts.Identity.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Organisations.Tests;

public sealed class SignInEndedConsumerTests(OrganisationsFixture fixture) : IClassFixture<OrganisationsFixture>
{
    [Fact]
    public async Task Consume_RefusesTheSessionAtOnce_AlsoWhenItComesTwice()
    {
        var ended = Ended();
        Assert.False(fixture.EndedSignIns.Contains(ended.SessionId));
        await fixture.DeliverAsync(ended);
        await fixture.DeliverAsync(ended);
        Assert.True(fixture.EndedSignIns.Contains(ended.SessionId));
        Assert.Equal(1, await fixture.InDatabaseAsync(db => db.EndedSignIns.CountAsync(e => e.SessionId == ended.SessionId)));
        Assert.False(fixture.EndedSignIns.Contains(null));
    }

    [Fact]
    public async Task Row_OfAnotherReplica_IsSeenWithinASecond_AndForgottenAfterTenMinutes()
    {
        var sessionId = OrganisationsFixture.NewId().ToString();
        await fixture.InDatabaseAsync(async db =>
        {
            db.Add(new EndedSignIn { SessionId = sessionId, ReceivedAt = fixture.Clock.GetUtcNow() });
            return await db.SaveChangesAsync();
        });
        Assert.True(await BecomesAsync(sessionId, contained: true, TimeSpan.FromSeconds(1)));

        Assert.True(await BecomesAsync(sessionId, contained: true, TimeSpan.FromMinutes(9)));
        Assert.True(await BecomesAsync(sessionId, contained: false, TimeSpan.FromMinutes(2)));
        Assert.False(await fixture.InDatabaseAsync(db => db.EndedSignIns.AnyAsync(e => e.SessionId == sessionId)));
    }

    /// <summary>An event that was long on its way is kept as long as any other, by the time it came.</summary>
    [Fact]
    public async Task Consume_LateEvent_IsStillApplied()
    {
        var ended = Ended() with { EndedAt = fixture.Clock.GetUtcNow() - TimeSpan.FromMinutes(4) };
        await fixture.DeliverAsync(ended);
        Assert.True(fixture.EndedSignIns.Contains(ended.SessionId));
    }

    private SignInEnded Ended() => new() { SessionId = OrganisationsFixture.NewId().ToString(), PersonId = OrganisationsFixture.NewId(), EndedAt = fixture.Clock.GetUtcNow() };

    private async Task<bool> BecomesAsync(string sessionId, bool contained, TimeSpan after)
    {
        fixture.Clock.Advance(after);
        for (var attempt = 0; attempt < 250; attempt++)
        {
            if (fixture.EndedSignIns.Contains(sessionId) == contained && (contained || !await fixture.InDatabaseAsync(db => db.EndedSignIns.AnyAsync(e => e.SessionId == sessionId))))
            {
                return true;
            }

            await Task.Delay(20);
        }

        return false;
    }
}
