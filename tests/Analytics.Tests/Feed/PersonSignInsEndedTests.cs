using System.Net.Http.Json;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class PersonSignInsEndedTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task SignInsEnded_EndTheKeysOfThen_AndNoTokenOfThenMakesNewOnes()
    {
        var (id, elsewhere) = (await Province.PersonAsync(Roles.CountyReviewer, Province.Changan), await Province.PersonAsync(Roles.CountyReviewer, Province.Changan));
        using var person = fixture.Host.CreateClient(id);
        using var other = fixture.Host.CreateClient(elsewhere);
        using var sheet = fixture.Sheet(await person.MadeAsync());
        using var others = fixture.Sheet(await other.MadeAsync());
        await sheet.JsonAsync("");
        var ended = new PersonSignInsEnded { PersonId = id, EndedAt = TimeProvider.System.GetUtcNow() };
        await fixture.Host.Events.DeliverAsync(ended);
        await sheet.RefusedAsync("/Cycles", 401, "ANA-0080");
        await others.JsonAsync("/Cycles");
        Assert.Empty((await person.KeysAsync()).Keys);
        using (var late = await person.PostAsJsonAsync(Feeds.Keys, new MakeFeedKeyRequest("Excel", 30)))
        {
            await AnalyticsFixture.RefusedAsync(late, 409, "ANA-0082");
        }

        await other.MadeAsync("Power BI");

        // Signed in again: what is made now outlives the same event coming once more.
        using var anew = fixture.Host.CreateClient(TestTokens.Issue(id, "analytics", token => token.IssuedAt = ended.EndedAt.UtcDateTime.AddSeconds(2)));
        using var again = fixture.Sheet(await anew.MadeAsync());
        await fixture.Host.Events.DeliverAsync(ended);
        await again.JsonAsync("/Cycles");
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "feed-key.ended" && entry.ObjectId == id.ToString());
    }

    /// <summary>Access tokens say the second alone: what came in the second of the end came before it.</summary>
    [Fact]
    public async Task SignInsEnded_InTheSecondOfTheToken_EndItsKeys_AndLetItMakeNoMore()
    {
        var id = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        var second = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        using var person = fixture.Host.CreateClient(TestTokens.Issue(id, "analytics", token => token.IssuedAt = second.UtcDateTime));
        using var sheet = fixture.Sheet(await person.MadeAsync());
        await fixture.Host.Events.DeliverAsync(new PersonSignInsEnded { PersonId = id, EndedAt = second });
        await sheet.RefusedAsync("/Cycles", 401, "ANA-0080");
        using var late = await person.PostAsJsonAsync(Feeds.Keys, new MakeFeedKeyRequest("Excel", 30));
        await AnalyticsFixture.RefusedAsync(late, 409, "ANA-0082");
    }

    /// <summary>A key that is being made at this moment: the end waits for it, and then ends it.</summary>
    [Fact]
    public async Task SignInsEnded_WhileAKeyIsBeingMade_WaitForIt()
    {
        var id = AnalyticsFixture.NewId();
        Task delivered;
        await using (var maker = await Held.ByAsync(fixture, $"select pg_advisory_xact_lock(hashtextextended('{id}', 7310))"))
        {
            delivered = fixture.Host.Events.DeliverAsync(new PersonSignInsEnded { PersonId = id, EndedAt = TimeProvider.System.GetUtcNow() });
            await maker.BlocksAsync(delivered);
        }

        await delivered;
    }

    [Fact]
    public async Task SignInsEnded_ThatComesLate_TakesNothingBack_AndStandsForAnHour()
    {
        var (id, other, now) = (await Province.PersonAsync(Roles.CountyReviewer, Province.Changan), AnalyticsFixture.NewId(), fixture.Host.Clock.GetUtcNow());
        await fixture.Host.Events.DeliverAsync(new PersonSignInsEnded { PersonId = other, EndedAt = now.AddMinutes(-61) });
        await fixture.Host.Events.DeliverAsync(new PersonSignInsEnded { PersonId = id, EndedAt = now.AddMinutes(-59) });
        await fixture.Host.Events.DeliverAsync(new PersonSignInsEnded { PersonId = id, EndedAt = now.AddMinutes(-70) });
        await fixture.Host.Events.DeliverAsync(new PersonSignInsEnded { PersonId = AnalyticsFixture.NewId(), EndedAt = now });
        Assert.Equal([(id, now.AddMinutes(-59))], await fixture.Host.InDatabaseAsync(async db =>
            (await db.Set<FeedCutoff>().Where(cutoff => cutoff.PersonId == id || cutoff.PersonId == other).ToListAsync()).ConvertAll(cutoff => (cutoff.PersonId, cutoff.EndedAt))));
    }
}
