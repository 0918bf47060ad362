using System.Net;
using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Conversations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static Gengdu.Supervision.Tests.SupervisionFixture;

namespace Gengdu.Supervision.Tests.Conversations;

public sealed class StrikeMessageTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Author_TakesTheWordsBack_ThatTheyWereThereStays()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        Guid reporter = await fixture.Province.PersonAsync(Roles.Reporter, scene.School), county = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await scene.SayAsync(county, "写错学校了", "classes/g1");
        using (HttpClient author = fixture.Host.CreateClient(county), school = fixture.Host.CreateClient(reporter))
        {
            await RefusedAsync(await StrikeAsync(school, scene, 1), 403, "SUP-0071");
            await RefusedAsync(await StrikeAsync(author, scene, 9), 404, "GEN-0006");
            using HttpResponseMessage first = await StrikeAsync(author, scene, 1), again = await StrikeAsync(author, scene, 1);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        }

        foreach (var person in new[] { reporter, county })
        {
            var message = (await scene.SeenByAsync(person)).Messages.Single();
            Assert.Equal((null, fixture.Host.Clock.GetUtcNow(), "classes/g1"), (message.Text, message.StruckAt, message.Cell));
        }

        var marks = (await scene.MarksOfAsync(reporter)).Single();
        Assert.Equal((1, 0, 0), (marks.Messages, marks.Unread, marks.Cells.Count));
        Assert.Single(await fixture.Host.AuditOfAsync(scene.ReportId), entry => entry.Act == "message.struck");
        Assert.Equal("写错学校了", await fixture.Host.InDatabaseAsync(db => db.Set<Message>().Where(m => m.ReportId == scene.ReportId).Select(m => m.Text).SingleAsync()));
    }

    /// <summary>Not even the service itself can change or remove what was said.</summary>
    [Fact]
    public async Task Messages_StayAsWritten()
    {
        var scene = await TalkScene.OpenedAsync(fixture);
        var county = await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await scene.SayAsync(county, "一");
        var changed = await Assert.ThrowsAsync<PostgresException>(() => fixture.Host.AsCallerAsync(county, db => db.Set<Message>().Where(m => m.ReportId == scene.ReportId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Text, "二"))));
        var removed = await Assert.ThrowsAsync<PostgresException>(() => fixture.Host.AsCallerAsync(county, db => db.Set<Message>().Where(m => m.ReportId == scene.ReportId).ExecuteDeleteAsync()));
        Assert.Equal((PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.InsufficientPrivilege), (changed.SqlState, removed.SqlState));
    }

    private static Task<HttpResponseMessage> StrikeAsync(HttpClient client, TalkScene scene, int number) => client.PostAsJsonAsync($"{scene.Address()}/messages/{number}/strike", new { });
}
