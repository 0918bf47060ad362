using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Conversations;

/// <summary>Who hears of what was said: enough that nothing waits unseen, and no more.</summary>
public sealed class ConversationNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task WithoutAMention_TheOtherSideIsTold_NearestFirst()
    {
        var scene = await TalkScene.OpenedAsync(fixture, await P.DivisionAsync(P.Shijiazhuang, "county"));
        var above = await fixture.Host.InDatabaseAsync(db => db.Organisations.FindAsync(scene.School.ParentId).AsTask());
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), approver = await P.PersonAsync(Roles.Approver, scene.School), county = await P.PersonAsync(Roles.CountyReviewer, above!);
        await P.PersonAsync(Roles.CitySupervisor, P.Shijiazhuang);
        await scene.SayAsync(reporter, "复式班怎么填？");
        Assert.Equal([(county, "message")], await scene.ToldAsync());

        await scene.SayAsync(county, "按一个班填");
        Assert.Equal(new[] { county, reporter, approver }.Order(), (await scene.ToldAsync()).Select(told => told.Person).Order());
        var notices = await scene.NoticesAsync();
        Assert.Equal($"/fill/{scene.ReportId}/modules/curriculum?talk=2", notices.Single(n => n.PersonId == reporter).Link);
        Assert.Equal($"/review/{scene.ReportId}?module=curriculum&talk=1", notices.Single(n => n.PersonId == county).Link);
        Assert.All(notices, n => Assert.DoesNotContain(n.Args.Values, value => value.Contains("复式", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Mention_IsToldAtOnceToTheWholeOfficeOrTheOneColleague_AndNobodyElseIsDisturbed()
    {
        var county = await P.DivisionAsync(P.Shijiazhuang, "county");
        var scene = await TalkScene.OpenedAsync(fixture, county);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), one = await P.PersonAsync(Roles.CountyReviewer, county), other = await P.PersonAsync(Roles.CountyReviewer, county);
        await scene.SayAsync(one, "请看一下", "classes/g1", new { organisationId = county.Id, role = Roles.CountyReviewer, personId = other });
        Assert.Equal([(other, "mention")], await scene.ToldAsync());
        Assert.All(await scene.NoticesAsync(), notice => Assert.True(notice.Urgent));

        await scene.SayAsync(reporter, "谁能答复？", null, new { organisationId = county.Id, role = Roles.CountyReviewer });
        Assert.Equal(new[] { (one, "mention"), (other, "mention"), (other, "mention") }.OrderBy(told => told.Item1), await scene.ToldAsync());
        var (seenByOther, seenBySchool) = (await scene.SeenByAsync(other), await scene.SeenByAsync(reporter));
        Assert.Equal([(other, true), (null, true)], seenByOther.Messages.Select(m => (m.Mentions.Single().PersonId, m.Mentions.Single().Me)));
        Assert.All(seenBySchool.Messages, message => Assert.Equal((null, false), (message.Mentions.Single().PersonId, message.Mentions.Single().Me)));
    }

    [Fact]
    public async Task LivelyTalk_IsOneNoticeUntilItIsRead_AndOneADayForWhoDoesNotCome()
    {
        var county = await P.DivisionAsync(P.Shijiazhuang, "county");
        var scene = await TalkScene.OpenedAsync(fixture, county);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), reviewer = await P.PersonAsync(Roles.CountyReviewer, county);
        Task<int> CountAsync() => TellAsync(scene, reviewer);
        await scene.SayAsync(reporter, "一");
        await scene.SayAsync(reporter, "二");
        Assert.Equal(1, await CountAsync());
        await scene.ReadAsync(reviewer, 2);
        await scene.SayAsync(reporter, "三");
        await scene.SayAsync(reporter, "四");
        Assert.Equal(2, await CountAsync());
        fixture.Host.Clock.Advance(TimeSpan.FromDays(1));
        await scene.SayAsync(reporter, "五");
        Assert.Equal(3, await CountAsync());
    }

    /// <summary>A group is asked as an office: who is in it stays with whoever set it up, and what it is not for it does not hear.</summary>
    [Fact]
    public async Task GroupThatIsAsked_HearsAtOnce_AllItsMembers_OfItsModulesAlone()
    {
        var county = await P.DivisionAsync(P.Shijiazhuang, "county");
        var scene = await TalkScene.OpenedAsync(fixture, county);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), giver = await P.PersonAsync(Roles.CountyReviewer, county), one = SupervisionFixture.NewId(), other = SupervisionFixture.NewId();
        var asked = new { organisationId = county.Id, role = Roles.GroupReviewer };
        using HttpClient giving = fixture.Host.CreateClient(giver), school = fixture.Host.CreateClient(reporter);
        await SupervisionFixture.RefusedAsync(await school.PostAsJsonAsync($"{scene.Address()}/messages", TalkScene.Said("课时怎么算？", null, asked)), 422, "GEN-0011");
        using var created = await giving.PostAsJsonAsync("/api/supervision/reviewer-groups", new
        {
            name = "课程专家组", level = "county", organisationId = county.Id, personIds = new[] { one, other }, organisationIds = new[] { county.Id }, moduleKeys = new[] { "curriculum" },
            validTo = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime).AddDays(5),
        });
        created.EnsureSuccessStatusCode();

        var seen = await scene.SeenByAsync(reporter);
        Assert.Contains((county.Id, Roles.GroupReviewer, 2), seen.Offices.Select(office => (office.Organisation.Id, office.Role, office.People)));
        Assert.DoesNotContain(seen.Told, office => office.Role == Roles.GroupReviewer);
        Assert.DoesNotContain((await scene.SeenByAsync(one)).Colleagues, colleague => colleague.PersonId == other);
        await SupervisionFixture.RefusedAsync(await giving.PostAsJsonAsync($"{scene.Address()}/messages", TalkScene.Said("请看", null, new { organisationId = county.Id, role = Roles.GroupReviewer, personId = one })), 422, "GEN-0011");
        await SupervisionFixture.RefusedAsync(await school.PostAsJsonAsync($"{scene.Address("teachers")}/messages", TalkScene.Said("教师数？", null, asked)), 422, "GEN-0011");

        await scene.SayAsync(reporter, "课时怎么算？", null, asked);
        Assert.Equal(new[] { (one, "mention"), (other, "mention") }.OrderBy(told => told.Item1), await scene.ToldAsync());
        Assert.All(await scene.NoticesAsync(), notice => Assert.Equal($"/review/{scene.ReportId}?module=curriculum&talk=1", notice.Link));
        Assert.True(Assert.Single(await scene.MarksOfAsync(one)).Mentioned);
        Assert.True(Assert.Single((await scene.SeenByAsync(other)).Messages).Mentions.Single().Me);
    }

    [Fact]
    public async Task WhoTookPart_HearsOn_UnlessTheyMayNotSeeItAnyMore()
    {
        var county = await P.DivisionAsync(P.Baoding, "county");
        var scene = await TalkScene.OpenedAsync(fixture, county);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), city = await P.PersonAsync(Roles.CitySupervisor, P.Baoding), gone = await P.PersonAsync(Roles.CountyReviewer, county);
        await scene.SayAsync(city, "经费口径请核对");
        await scene.SayAsync(gone, "我来核对");
        await P.RemoveAsync(gone);
        await scene.SayAsync(reporter, "已核对");
        // The city wrote first and is told of what came after; who lost the right heard of the city's words and of nothing since.
        Assert.Equal([city], (await scene.ToldAsync()).Select(told => told.Person).Where(person => person != reporter).Distinct());
    }

    private static async Task<int> TellAsync(TalkScene scene, Guid person) => (await scene.ToldAsync()).Count(told => told.Person == person);
}
