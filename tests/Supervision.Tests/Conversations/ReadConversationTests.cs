using System.Net;
using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Home;

namespace Gengdu.Supervision.Tests.Conversations;

public sealed class ReadConversationTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Put_NeverGoesBackNorBeyondWhatIsThere_AndIsTheReadersOwn()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid reporter = await fixture.Province.PersonAsync(Roles.Reporter, scene.School), county = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await scene.SayAsync(county, "一");
        await scene.SayAsync(county, "二");
        foreach (var (upTo, read) in new[] { (0, 0), (1, 1), (99, 2), (1, 2) })
        {
            Assert.Equal(HttpStatusCode.NoContent, await scene.ReadAsync(reporter, upTo));
            Assert.Equal(read, (await scene.SeenByAsync(reporter)).ReadUpTo);
        }

        Assert.Equal(0, (await scene.SeenByAsync(county)).ReadUpTo);
        Assert.Equal(HttpStatusCode.NotFound, await scene.ReadAsync(await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Lianchi), 1));
    }

    [Fact]
    public async Task Put_ReadsTheNoticesOfWhatWasOnTheScreen_AndTheHomePageFollows()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Baoding, "county");
        TalkScene scene = await TalkScene.OpenedAsync(fixture, county), second = await TalkScene.OpenedAsync(fixture, county);
        Guid reporter = await p.PersonAsync(Roles.Reporter, scene.School), reviewer = await p.PersonAsync(Roles.CountyReviewer, county);
        using var client = fixture.Host.CreateClient(reviewer);
        Assert.Null(await TalksAsync());

        await scene.SayAsync(reporter, "一");
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await second.SayAsync(await p.PersonAsync(Roles.Reporter, second.School), "请看", null, new { organisationId = county.Id, role = Roles.CountyReviewer });
        // Who is asked comes first, though it came later.
        var both = (await TalksAsync())!;
        Assert.Equal((2, true, $"/review/{second.ReportId}?module=curriculum&talk=1", second.School.NameZh), (both.Reports, both.Mentioned, both.Link, both.Organisation.NameZh));
        await second.ReadAsync(reviewer, 1);
        var one = (await TalksAsync())!;
        Assert.Equal((1, false, $"/review/{scene.ReportId}?module=curriculum&talk=1"), (one.Reports, one.Mentioned, one.Link));
        // A second tab that has seen nothing yet reads nothing.
        await scene.ReadAsync(reviewer, 0);
        Assert.NotNull(await TalksAsync());
        await scene.ReadAsync(reviewer, 1);
        Assert.Null(await TalksAsync());
        Assert.All(await scene.NoticesAsync(), notice => Assert.Equal(notice.PersonId == reviewer, notice.ReadAt is not null));

        async Task<HomeTalks?> TalksAsync() => (await client.GetFromJsonAsync<HomeResponse>($"/api/supervision/home?organisationId={county.Id}", SupervisionFixture.Json))!.Talks;
    }
}
