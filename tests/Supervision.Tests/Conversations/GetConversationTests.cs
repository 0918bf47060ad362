using Gengdu.Organisations;
using Gengdu.Supervision.Conversations;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Conversations;

public sealed class GetConversationTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Offices_AreThoseThatMaySeeIt_AndColleaguesOneByOne()
    {
        var county = await P.DivisionAsync(P.Baoding, "county");
        var scene = await TalkScene.OpenedAsync(fixture, county);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), approver = await P.PersonAsync(Roles.Approver, scene.School), one = await P.PersonAsync(Roles.CountyReviewer, county);
        var other = await P.PersonAsync(Roles.CountyReviewer, county);
        await P.PersonAsync(Roles.CountyReviewer, P.Lianchi);
        await P.PersonAsync(Roles.Administrator, county);
        await P.PersonAsync(Roles.CitySupervisor, P.Baoding);

        var seen = await scene.SeenByAsync(reporter);
        Assert.Equal(
            [(scene.School.Id, Roles.Approver, 1), (county.Id, Roles.CountyReviewer, 2), (P.Baoding.Id, Roles.CitySupervisor, 1)],
            seen.Offices.Where(office => office.Organisation.Id != P.Root.Id).Select(office => (office.Organisation.Id, office.Role, office.People)));
        Assert.Equal([(approver, Roles.Approver)], seen.Colleagues.Select(one => (one.PersonId, one.Role)));
        Assert.Equal([(county.Id, Roles.CountyReviewer)], seen.Told.Select(office => (office.Organisation.Id, office.Role)));
        Assert.Equal([other], (await scene.SeenByAsync(one)).Colleagues.Select(one => one.PersonId));
        Assert.Equal([Roles.Approver, Roles.Reporter], (await scene.SeenByAsync(one)).Told.Select(office => office.Role));
    }

    [Fact]
    public async Task AtDingzhou_TheSchoolTalksToTheCounty()
    {
        var scene = await TalkScene.OpenedAsync(fixture, P.Dingzhou);
        await P.PersonAsync(Roles.CitySupervisor, P.Dingzhou);
        await P.PersonAsync(Roles.CountyReviewer, P.Dingzhou);
        Assert.Equal([(P.Dingzhou.Id, Roles.CountyReviewer)], (await scene.SeenByAsync(await P.PersonAsync(Roles.Reporter, scene.School))).Told.Select(office => (office.Organisation.Id, office.Role)));
    }

    [Fact]
    public async Task WordsAtAPersonalCell_AreDotsForCityAndProvince_AndOwnWordsNeverAre()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), county = await P.PersonAsync(Roles.CountyReviewer, P.Changan), city = await P.PersonAsync(Roles.CitySupervisor, P.Shijiazhuang);
        await fixture.Host.Events.DeliverAsync(Submitted(scene.School) with { ReportId = scene.ReportId, PersonalCells = ["principal"] });
        await scene.SayAsync(county, "是王某某吗", "principal");
        await scene.SayAsync(county, "班数请核对", "classes/g1");
        await scene.SayAsync(city, "请写全称", "principal");
        Assert.Equal(["•••", "班数请核对", "请写全称"], (await scene.SeenByAsync(city)).Messages.Select(m => m.Text));
        Assert.Equal(["是王某某吗", "班数请核对", "请写全称"], (await scene.SeenByAsync(reporter)).Messages.Select(m => m.Text));
        Assert.Equal(["•••", "班数请核对", "•••"], (await scene.SeenByAsync(await P.PersonAsync(Roles.ProvinceOwner, P.Root))).Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Revision_IsTheLastOneSubmittedWhenItWasSaid_AndNewOnesAloneCanBeAskedFor()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        var county = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        await scene.SayAsync(county, "何时上报？");
        await fixture.Host.Events.DeliverAsync(Submitted(scene.School) with { ReportId = scene.ReportId });
        await scene.SayAsync(county, "收到");
        Assert.Equal([null, 1], (await scene.SeenByAsync(county)).Messages.Select(m => m.Revision));
        Assert.Equal([2], (await scene.SeenByAsync(county, "?after=1")).Messages.Select(m => m.Number));
        Assert.Empty((await scene.SeenByAsync(county, "?after=2")).Messages);
        // Looking whether there is something new is no look at it.
        Assert.Equal(2, (await fixture.Host.AuditOfAsync(scene.ReportId)).Count(entry => entry.Act == "conversation.seen"));
    }

    [Fact]
    public async Task MemberOfAReviewerGroup_TakesPartInTheGroupsModules()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        var (expert, giver) = (NewId(), await P.PersonAsync(Roles.CitySupervisor, P.Shijiazhuang));
        using var giving = fixture.Host.CreateClient(giver);
        using var created = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(giving, "/api/supervision/reviewer-groups", new
        {
            name = "市级课程专家组", level = "city", organisationId = P.Shijiazhuang.Id, personIds = new[] { expert }, organisationIds = new[] { scene.School.Id }, moduleKeys = new[] { "curriculum" },
            validTo = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime).AddDays(5),
        });
        Assert.True(created.IsSuccessStatusCode);
        var said = await scene.SayAsync(expert, "课时是否含劳动周？");
        Assert.Equal((Roles.GroupReviewer, P.Shijiazhuang.NameZh), (said.Role, said.Organisation.NameZh));
        using var client = fixture.Host.CreateClient(expert);
        await RefusedAsync(await client.GetAsync(new Uri(scene.Address("teachers"), UriKind.Relative)), 403, "GEN-0005");
        await scene.SayAsync(await P.PersonAsync(Roles.Reporter, scene.School), "含");
        Assert.Contains((expert, "message"), await scene.ToldAsync());
    }
}
