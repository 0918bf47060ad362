using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Conversations;

public sealed class ListConversationsTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    [Fact]
    public async Task Marks_SayWhatIsUnreadByMe_WhetherIAmMeant_AndWhere()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid reporter = await P.PersonAsync(Roles.Reporter, scene.School), county = await P.PersonAsync(Roles.CountyReviewer, P.Changan);
        Assert.Empty(await scene.MarksOfAsync(reporter));
        await scene.SayAsync(county, "班数请核对", "classes/g1");
        await scene.SayAsync(county, "请签署人看", null, new { organisationId = scene.School.Id, role = Roles.Reporter });
        await scene.SayAsync(county, "课表请补", "timetable");

        var marks = Assert.Single(await scene.MarksOfAsync(reporter));
        Assert.Equal(("curriculum", 3, 3, true), (marks.ModuleKey, marks.Messages, marks.Unread, marks.Mentioned));
        Assert.Equal(["classes/g1", "timetable"], marks.Cells);
        Assert.Equal((3, 0), ((await scene.MarksOfAsync(county)).Single().Messages, (await scene.MarksOfAsync(county)).Single().Unread));
        await scene.ReadAsync(reporter, 2);
        Assert.Equal((1, false), ((await scene.MarksOfAsync(reporter)).Single().Unread, (await scene.MarksOfAsync(reporter)).Single().Mentioned));
    }

    [Fact]
    public async Task Elsewhere_IsNotFound_WithoutARoleInItForbidden()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        foreach (var (role, at, status, code) in new[] { (Roles.CountyReviewer, P.Lianchi, 404, "GEN-0006"), (Roles.Administrator, P.Changan, 403, "GEN-0005") })
        {
            using var client = await fixture.ClientAsync(role, at);
            await RefusedAsync(await client.GetAsync(new Uri($"/api/supervision/reports/{scene.ReportId}/conversations", UriKind.Relative)), status, code);
        }
    }
}
