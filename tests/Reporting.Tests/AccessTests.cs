using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Reporting.Tests;

public sealed class AccessTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_WithATokenOfAnEndedSignIn_Is401_OthersGoOn()
    {
        var (before, ended, other) = await fixture.Host.EndSignInAsync(Guid.Empty, "/api/reporting/cycles");
        Assert.Equal((true, HttpStatusCode.Unauthorized, before), (before != HttpStatusCode.Unauthorized, ended, other));
    }

    [Theory]
    [InlineData("/api/reporting/reports/00000000-0000-7000-8000-000000000001", HttpStatusCode.NotFound)]
    [InlineData("/api/reporting/reports?cycleId=x", HttpStatusCode.BadRequest)]
    [InlineData("/api/reporting/nothing", HttpStatusCode.NotFound)]
    public async Task Refusal_OfACallerWhoAcceptsOnlyPages_IsAProblemWithCodeAndBothLanguages(string path, HttpStatusCode status)
    {
        using var client = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var problem = Assert.IsType<JsonObject>(await response.Content.ReadFromJsonAsync<JsonNode>());
        Assert.Equal(["code", "detail", "instance", "messages", "status", "title", "traceId", "type"], problem.Select(member => member.Key).Where(key => key != "errors").Order());
        Assert.All(["zh", "en"], language => Assert.NotEmpty(problem["messages"]?[language]?.GetValue<string>() ?? ""));
    }

    [Fact]
    public async Task AnySlice_AskedByASystemWithoutAssignments_NeitherBreaksNorChangesAnything() => Assert.Empty(await fixture.Host.AskEverythingAsASystemAsync());
}
