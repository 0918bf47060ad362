using System.Net;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests.Feed;

public sealed class RemoveFeedKeyTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Remove_OnesOwn_IsRefusedAtOnce_AndSomebodyElsesIsNotThere()
    {
        using var person = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        using var other = await fixture.ClientAsync(Roles.CountyReviewer, Province.Changan);
        var made = await person.MadeAsync();
        using var sheet = fixture.Sheet(made);
        await sheet.JsonAsync("");
        var address = new Uri($"{Feeds.Keys}/{made.Id}", UriKind.Relative);
        using (var foreign = await other.DeleteAsync(address))
        {
            await AnalyticsFixture.RefusedAsync(foreign, 404, "GEN-0006");
        }

        Assert.Empty((await other.KeysAsync()).Keys);
        Assert.Equal(HttpStatusCode.NoContent, (await person.DeleteAsync(address)).StatusCode);
        await sheet.RefusedAsync("/Cycles", 401, "ANA-0080");
        using (var again = await person.DeleteAsync(address))
        {
            await AnalyticsFixture.RefusedAsync(again, 404, "GEN-0006");
        }

        Assert.Contains(await fixture.Host.AuditAsync(), entry => entry.Act == "feed-key.removed" && entry.ObjectId == made.Id.ToString());
    }
}
