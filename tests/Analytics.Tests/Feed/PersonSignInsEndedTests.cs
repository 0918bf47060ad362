using System.Net.Http.Json;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;

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

        // Signed in again: what is made now outlives the same event coming once more.
        using var anew = fixture.Host.CreateClient(TestTokens.Issue(id, "analytics", token => token.IssuedAt = ended.EndedAt.UtcDateTime.AddSeconds(2)));
        using var again = fixture.Sheet(await anew.MadeAsync());
        await fixture.Host.Events.DeliverAsync(ended);
        await again.JsonAsync("/Cycles");
        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "feed-key.ended" && entry.ObjectId == id.ToString());
    }
}
