using System.Text.Json.Nodes;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-09 to TR-13: requests that say one thing and mean another.</summary>
[Collection(nameof(ScopeShared))]
public sealed class WriteTests(ScopeFixture fixture)
{
    private Scene Scene => fixture.Scene;

    private Owner Own => Scene.Owners["A1S1"];

    private Owner Foreign => Scene.Owners["B1S1"];

    private string Values => $"/api/reporting/module-reports/{Own.Draft.Id}/values";

    /// <summary>TR-09: the own thing outside, somebody else's inside.</summary>
    [Fact]
    public Task TR09_NestedIds_OfTwoOwners_AreNotFound() => Scene.UnchangedAsync(async () =>
    {
        Assert.Equal(404, (await Scene.AskAsync("county-reviewer@A1", "GET", $"/api/reporting/module-reports/{Own.Submitted.Id}/revisions/2")).Status);
        Assert.Equal(404, (await Scene.AskAsync("county-reviewer@A1", "GET", $"/api/reporting/module-reports/{Foreign.Submitted.Id}/revisions/1")).Status);
        Assert.Equal(0, (await Scene.AskAsync("county-reviewer@A1", "GET", $"/api/supervision/reviews?reportId={Own.ReportId}&moduleReportId={Foreign.Submitted.Id}")).Total());
        Assert.Equal(0, (await Scene.AskAsync("county-reviewer@A1", "GET", $"/api/supervision/reviews?organisationId={Own.Id}&reportId={Foreign.ReportId}")).Total());
        // A review of another cycle than the one named.
        var answer = await Scene.AskAsync("county-reviewer@A1", "POST", "/api/supervision/approvals", new { cycleId = Scene.SpareCycleId, step = "county", reviewIds = new[] { Own.Submitted.ReviewId } });
        Assert.Equal(404, answer.Status);
    });

    /// <summary>TR-10: the address is one's own, the body names another.</summary>
    [Fact]
    public Task TR10_BodyNamesAnotherOrganisation_IsRefused() => Scene.UnchangedAsync(async () =>
    {
        var until = TimeProvider.System.GetUtcNow().AddDays(9);
        Assert.Equal(404, (await Scene.AskAsync("county-reviewer@A1", "POST", $"/api/reporting/cycles/{Scene.CycleId}/extensions", new { organisationId = Foreign.Id, until, reason = "x" })).Status);
        Assert.Equal(404, (await Scene.AskAsync("administrator@A1", "POST", "/api/identity/assignments", new { personId = Own.PersonId, role = "approver", organisationId = Foreign.Id })).Status);
        var cells = new { organisationId = Foreign.Id, changes = new[] { new { at = "staff_total", value = 1 } } };
        Assert.Equal(400, (await Scene.AskAsync("reporter@A1S1", "PATCH", Values, cells, ("If-Match", Asking.IfMatch(Own.Draft.Version)))).Status);
    });

    /// <summary>TR-11: every route that takes a body refuses members it does not know, from those who may use it too.</summary>
    [Theory]
    [InlineData("status", "\"accepted\"")]
    [InlineData("state", "\"accepted\"")]
    [InlineData("orgId", "\"0192d5a0-0000-7000-8000-000000000001\"")]
    [InlineData("ownerId", "\"0192d5a0-0000-7000-8000-000000000001\"")]
    [InlineData("reviewerId", "\"0192d5a0-0000-7000-8000-000000000001\"")]
    [InlineData("createdBy", "\"0192d5a0-0000-7000-8000-000000000001\"")]
    [InlineData("__proto__", "{\"isAdmin\":true}")]
    public Task TR11_UnknownMember_IsRefusedEverywhere(string member, string value) => Scene.UnchangedAsync(async () =>
    {
        foreach (var route in RouteList.All.Where(route => route.Unscoped is null && !route.IsRead))
        {
            var (who, place) = route.Controls[0];
            var request = route.Request(new(Scene, Scene.Owners[place]));
            if (request.Content?.Headers.ContentType?.MediaType != "application/json")
            {
                continue;
            }

            var body = (JsonObject)JsonNode.Parse(await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            if (body.ContainsKey(member))
            {
                // No unknown member there: the holder's state says which of them are urged.
                Assert.Equal("POST /api/supervision/urges", route.Name);
                continue;
            }

            body[member] = JsonNode.Parse(value);
            request.Content = new StringContent(body.ToJsonString(), global::System.Text.Encoding.UTF8, "application/json");
            var answer = await Answer.AskAsync(Scene, Cast.Find(who), route.Service, request, TestContext.Current.CancellationToken);
            Assert.True(answer.Status == 400 && answer.Body.Contains("GEN-0002", StringComparison.Ordinal), $"{route.Name} with {member}: {answer.Status} {answer.Body}");
        }
    });

    /// <summary>TR-12: a patch document, and addresses that lead out of the form.</summary>
    [Fact]
    public Task TR12_PatchThatLeadsElsewhere_ChangesNothing() => Scene.UnchangedAsync(async () =>
    {
        var match = ("If-Match", Asking.IfMatch(Own.Draft.Version));
        foreach (var type in new[] { "application/json-patch+json", "application/merge-patch+json", "text/plain", "application/xml" })
        {
            var patch = await Scene.AskTextAsync("reporter@A1S1", "PATCH", Values, type, $$"""[{"op":"replace","path":"/organisationId","value":"{{Foreign.Id}}"}]""", match);
            Assert.True(patch.Status is 400 or 415, $"{type}: {patch.Status}");
        }

        foreach (var at in new[] { "../state", "report.state", "organisation/id", "report/organisationId", "__proto__", "constructor/prototype", "$ref", "", "/", "staff_total/../../state", "titles/../x", "organisation.code", "school_code" })
        {
            var answer = await Scene.AskAsync("reporter@A1S1", "PATCH", Values, new { changes = new[] { new { at, value = "1" } } }, match);
            Assert.True(answer.Status is 400 or 422, $"{at}: {answer.Status} {answer.Body}");
        }
    });

    /// <summary>TR-13: one foreign element, and none of the batch is done.</summary>
    [Fact]
    public Task TR13_BulkWithOneForeignElement_DoesNothing() => Scene.UnchangedAsync(async () =>
    {
        var reviewIds = new[] { Own.Submitted.ReviewId, Scene.Owners["A1S2"].Submitted.ReviewId, Foreign.Submitted.ReviewId };
        Assert.Equal(404, (await Scene.AskAsync("county-reviewer@A1", "POST", "/api/supervision/approvals", new { cycleId = Scene.CycleId, step = "county", reviewIds })).Status);
        var people = new[] { Own.Code, Foreign.Code }.Select((code, i) => new { userName = $"bulk.{i}", displayName = "bulk", assignments = new[] { new { role = "reporter", organisationCode = code } } });
        Assert.Equal(422, (await Scene.AskAsync("administrator@A1", "POST", "/api/identity/people/batch", new { people })).Status);
        var organisations = new[] { "A1", "B1" }.Select((county, i) => new
        {
            code = $"211388880{i}", parentCode = Tree.Code(county), nameZh = "新", nameEn = "New", levelRoles = new[] { "school" }, kind = "school", schoolType = "primary", urbanRural = "rural",
            runBy = "private", grades = new[] { "g1" },
        });
        Assert.Equal(422, (await Scene.AskAsync("administrator@A1", "POST", "/api/identity/organisations/batch", new { organisations })).Status);
    });

    /// <summary>TR-13: the error of a foreign place is that of a place that does not exist.</summary>
    [Fact]
    public async Task TR13_BulkError_DoesNotTellForeignFromUnknown()
    {
        string Body(string code) => $$"""{"people":[{"userName":"bulk.0","displayName":"b","assignments":[{"role":"reporter","organisationCode":"{{code}}"}]}]}""";

        var foreign = await Scene.AskTextAsync("administrator@A1", "POST", "/api/identity/people/batch", "application/json", Body(Foreign.Code));
        var unknown = await Scene.AskTextAsync("administrator@A1", "POST", "/api/identity/people/batch", "application/json", Body("9913999999"));

        Assert.Equal(unknown.Refusal(), foreign.Refusal());
    }
}
