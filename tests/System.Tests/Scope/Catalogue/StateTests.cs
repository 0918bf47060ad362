using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-26 and TR-27: what those above see follows the state of the work.</summary>
[Collection(nameof(ScopeShared))]
public sealed class StateTests(ScopeFixture fixture)
{
    private static readonly string[] Above = ["county-reviewer@A1", "city-supervisor@A", "province-owner@P", "administrator@A1", "security-administrator@A1", "auditor@A1"];

    private Scene Scene => fixture.Scene;

    /// <summary>TR-26: what is typed and not submitted is nobody's above, in any state of the form; what was submitted is the reviewers'.</summary>
    [Theory]
    [InlineData("draft", false)]
    [InlineData("ready", false)]
    [InlineData("complete", false)]
    [InlineData("submitted", true)]
    [InlineData("returned", true)]
    [InlineData("approved", true)]
    [InlineData("accepted", true)]
    public async Task TR26_ThoseAbove_ReadWhatWasSubmittedAndNothingElse(string state, bool isSubmitted)
    {
        var school = Scene.Owners["A1S1"];
        var module = state switch
        {
            "draft" => school.Draft, "ready" => school.Ready, "complete" => school.Complete, "submitted" => school.Submitted, "returned" => school.Returned, "approved" => school.Approved, _ => school.Accepted,
        };
        foreach (var who in Above)
        {
            var form = (await Scene.AskAsync(who, "GET", $"/api/reporting/module-reports/{module.Id}")).Json();
            Assert.Null(form["values"]);
            Assert.Null(form["relatedValues"]);
            Assert.Empty(form["explanations"]!.AsArray());
            Assert.Empty(form["results"]!.AsArray());
            var revision = await Scene.AskAsync(who, "GET", $"/api/reporting/module-reports/{module.Id}/revisions/1");
            Assert.Equal(!Cast.Find(who).Has(Identity.Reviewers) ? 403 : isSubmitted ? 200 : 404, revision.Status);
            Scene.ShowsOnlyOwn(who, revision);
            var listed = (await Scene.AskAsync(who, "GET", $"/api/reporting/reports/{school.ReportId}")).Json()["modules"]!.AsArray().Single(m => m!["id"]!.GetValue<Guid>() == module.Id)!;
            Assert.Equal(state is "submitted" or "approved" or "accepted", listed["completion"] is not null);
        }
    }

    /// <summary>TR-27: a form that came back is the school's again: what it types now stays with it until it is submitted again.</summary>
    [Fact]
    public async Task TR27_ReturnedForm_IsReadAboveAsItWasSubmitted()
    {
        var module = Scene.Owners["A1S4"].Returned;
        var own = await Scene.AskAsync("reporter@A1S4", "GET", $"/api/reporting/module-reports/{module.Id}");
        var version = own.Json()["version"]!.GetValue<long>();
        var mark = Canaries.Of("A1S4", Canaries.Draft);
        var typed = await Scene.AskAsync("reporter@A1S4", "PATCH", $"/api/reporting/module-reports/{module.Id}/values",
            new { changes = new[] { new { at = "partners/r1/name", value = mark } } }, ("If-Match", Asking.IfMatch(version)));
        Assert.True(typed.IsFine, typed.Body);

        foreach (var who in Above)
        {
            foreach (var part in new[] { "", "/revisions", "/revisions/1", "/revisions/2" })
            {
                var answer = await Scene.AskAsync(who, "GET", $"/api/reporting/module-reports/{module.Id}{part}");
                Assert.DoesNotContain(mark, answer.Body, StringComparison.Ordinal);
            }
        }

        Assert.Contains(mark, (await Scene.AskAsync("approver@A1S4", "GET", $"/api/reporting/module-reports/{module.Id}")).Body, StringComparison.Ordinal);
    }

    /// <summary>TR-26: what the county says to a school is read by the line of review and the school.</summary>
    [Fact]
    public async Task TR26_ReasonOfAReturn_IsReadByTheLineAlone()
    {
        var module = Scene.Owners["A1S1"].Returned;
        var mark = Canaries.Of("A1S1", Canaries.Reason);
        foreach (var who in Cast.InForce.Where(who => who.Has()))
        {
            var review = await Scene.AskAsync(who.Name, "GET", $"/api/supervision/reviews/{module.ReviewId}");
            var form = await Scene.AskAsync(who.Name, "GET", $"/api/reporting/module-reports/{module.Id}");
            Assert.Equal(Canaries.MaySee(who, "A1S1", Canaries.Reason), review.Body.Contains(mark, StringComparison.Ordinal));
            Assert.True(Canaries.MaySee(who, "A1S1", Canaries.Reason) || !form.Body.Contains(mark, StringComparison.Ordinal), $"{who} reads why A1S1's form came back");
        }
    }
}
