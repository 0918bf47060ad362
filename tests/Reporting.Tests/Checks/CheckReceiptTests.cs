using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Checks;
using Gengdu.Reporting.Tests.ModuleReports;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Checks;

public sealed class CheckReceiptTests(ReportingFixture fixture)
{
    private const string Address = "/api/reporting/checks";

    [Fact]
    public async Task Post_CodeOfAReceipt_ShowsWhatItWasGivenFor_ToAnybody()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var receipt = await desk.SubmittedAsync();
        using var nobody = fixture.Host.CreateClient();
        using var response = await nobody.PostAsJsonAsync(Address, new { code = CheckCode.Printed(receipt.GetProperty("checkCode").GetString()!).ToLowerInvariant() });
        var seen = await BodyAsync(response);
        Assert.Equal((receipt.GetProperty("receiptNumber").GetString(), receipt.GetProperty("contentHash").GetString(), receipt.GetProperty("submittedAt").GetDateTimeOffset()),
            (seen.GetProperty("receiptNumber").GetString(), seen.GetProperty("contentHash").GetString(), seen.GetProperty("submittedAt").GetDateTimeOffset()));
        Assert.Equal((desk.School.NameZh, TestPack.Basic.Name.En, 1, true), (seen.GetProperty("organisation").GetProperty("zh").GetString(),
            seen.GetProperty("module").GetProperty("en").GetString(), seen.GetProperty("revision").GetInt32(), seen.GetProperty("newest").GetBoolean()));
        Assert.Equal(TestPack.Programme.Statement.Version, seen.GetProperty("statementVersion").GetString());
    }

    /// <summary>Neither what was reported nor who did it.</summary>
    [Fact]
    public async Task Post_Shows_NoValueAndNoPerson()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var receipt = await desk.SubmittedAsync();
        using var nobody = fixture.Host.CreateClient();
        using var response = await nobody.PostAsJsonAsync(Address, new { code = receipt.GetProperty("checkCode").GetString() });
        var seen = await BodyAsync(response);
        string[] members = ["contentHash", "cycle", "module", "newest", "organisation", "receiptNumber", "replacedAt", "revision", "statementVersion", "submittedAt"];
        Assert.Equal(members, seen.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        var revision = await fixture.Host.InDatabaseAsync(db => Task.FromResult(db.Revisions.Single(r => r.ModuleReportId == desk.Id)));
        foreach (var secret in new[] { "张立", "13800001111", "12345", revision.SubmittedBy.ToString(), desk.Id.ToString(), desk.School.Path })
        {
            Assert.DoesNotContain(secret, seen.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Post_ReceiptThatWasReplaced_SaysSo_AndTheNewOneIsTheNewest()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var first = await desk.SubmittedAsync();
        await fixture.Host.Events.DeliverAsync(ModuleReportReturnedConsumerTests.Returned(await desk.RowAsync(), 2, fixture.Now));
        await desk.SavedAsync(("boarders", "11"));
        using (var complete = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version))
        {
            await BodyAsync(complete);
        }

        var second = await desk.SubmittedAsync();
        Assert.NotEqual(first.GetProperty("checkCode").GetString(), second.GetProperty("checkCode").GetString());
        using var nobody = fixture.Host.CreateClient();
        using var old = await nobody.PostAsJsonAsync(Address, new { code = first.GetProperty("checkCode").GetString() });
        var replaced = await BodyAsync(old);
        Assert.Equal((false, second.GetProperty("submittedAt").GetDateTimeOffset()), (replaced.GetProperty("newest").GetBoolean(), replaced.GetProperty("replacedAt").GetDateTimeOffset()));
        using var present = await nobody.PostAsJsonAsync(Address, new { code = second.GetProperty("checkCode").GetString() });
        Assert.True((await BodyAsync(present)).GetProperty("newest").GetBoolean());
    }

    [Fact]
    public async Task Post_WrongCodes_AreAnsweredAlike()
    {
        using var nobody = fixture.Host.CreateClient();
        var answers = new List<string>();
        foreach (var code in new[] { CheckCode.New(), "", "x", "' or 1=1 --", new string('7', 900), "😀‮", CheckCode.New()[..^1] + "?" })
        {
            using var response = await nobody.PostAsJsonAsync(Address, new { code });
            var problem = await RefusedAsync(response, 404, "RPT-0261");
            answers.Add(string.Join('|', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => member.ToString())));
        }

        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"code\":null}")]
    [InlineData("{\"code\":5}")]
    [InlineData("[")]
    public async Task Post_NoQuestionAtAll_IsRefused(string body)
    {
        using var nobody = fixture.Host.CreateClient();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await nobody.PostAsync(Address, content);
        await RefusedAsync(response, 400, "GEN-0001");
    }

    [Fact]
    public async Task Post_BySomebodySignedIn_IsAnsweredLikeEverybody()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var receipt = await desk.SubmittedAsync();
        using var stranger = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganNineYear);
        using var response = await stranger.PostAsJsonAsync(Address, new { code = receipt.GetProperty("checkCode").GetString() });
        Assert.Equal(JsonValueKind.Object, (await BodyAsync(response)).ValueKind);
    }
}
