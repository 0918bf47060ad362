using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>TR-29: what is typed into filters and searches stays text.</summary>
[Collection(nameof(ScopeShared))]
public sealed class InjectionTests(ScopeFixture fixture)
{
    private static readonly string[] Payloads =
    [
        "' OR '1'='1", "' OR 1=1--", "'; DROP TABLE reports;--", "' UNION SELECT NULL--", "' UNION SELECT user_name,password_hash FROM identity.people--", "\" OR \"\"=\"", "') OR ('1'='1", "1; SELECT pg_sleep(5)--",
        "'||pg_sleep(5)||'", "1 OR pg_sleep(5) IS NULL", "$$;select pg_sleep(5);$$", "E'\\x27'", "\\'; SELECT 1;--", "%' AND 1=(SELECT COUNT(*) FROM identity.people)--", "' AND EXTRACTVALUE(1,1)--", "'/**/OR/**/1=1",
        "' OR ''='", "admin'--", "1' ORDER BY 100--", "1) GROUP BY 1 HAVING (1=1", "';COPY reports TO PROGRAM 'id';--", "'; SET ROLE postgres;--", "'; SET gengdu.scope='';--", "'; RESET ALL;--", "' OR path LIKE '/%",
        "%", "_", "%%%%%%%%", "\\", "\\%", "*", "?", ".*", "[a-z]*", "(", "))))", "{\"$ne\":null}", "[$ne]=1", "{{7*7}}", "${7*7}", "#{7*7}", "<script>alert(1)</script>", "../../../etc/passwd", "..%2f..%2f", "file:///etc/passwd",
        "http://127.0.0.1:1/", "%00", "a%00b", "%0d%0aSet-Cookie:%20x=1", "%u0027", "%ff%fe", "＇ ＯＲ １＝１", "ʼ OR 1=1", "\u202e' OR", "null", "undefined", "NaN", "-1", "99999999999999999999999", "0x1F", "true", "()", "|id", "`id`", "$(id)", ";id",
    ];

    private static readonly (string Path, string[] Parameters)[] Filters =
    [
        ("/api/reporting/reports", ["cycleId", "level", "state", "organisationId", "search", "page", "pageSize"]),
        ("/api/reporting/cycles", ["page"]),
        ("/api/supervision/queue", ["cycleId", "step", "organisationId"]),
        ("/api/supervision/reviews", ["moduleReportId", "reportId", "organisationId", "cycleId", "state"]),
        ("/api/identity/organisations", ["parentId", "level", "search", "asOf"]),
        ("/api/identity/people", ["search", "organisationId", "pageSize"]),
        ("/api/identity/audit", ["personId", "act", "outcome", "organisationId", "objectKind", "objectId", "from", "before"]),
        ("/api/analytics/dashboards/nodes/{A1}", ["cycleId"]),
    ];

    [Theory]
    [InlineData("administrator@A1", "identity/o", "identity/p")]
    [InlineData("county-reviewer@A1", "reporting", "supervision", "analytics")]
    [InlineData("auditor@A1", "identity/audit")]
    public Task TR29_Payload_InAnyFilter_BreaksNothingAndShowsNothing(string who, params string[] lists) => fixture.Scene.UnchangedAsync(async () =>
    {
        Assert.True(Payloads.Length >= 60);
        var scene = fixture.Scene;
        await Parallel.ForEachAsync(
            from filter in Filters where lists.Any(list => filter.Path.StartsWith($"/api/{list}", StringComparison.Ordinal)) from parameter in filter.Parameters from payload in Payloads select (filter.Path, parameter, payload),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (one, _) =>
            {
                // Some are written as they go over the wire.
                var value = one.payload.StartsWith('%') && one.payload.Length > 2 && !one.payload.Contains(' ', StringComparison.Ordinal) ? one.payload.Replace("%%", "%25", StringComparison.Ordinal) : Uri.EscapeDataString(one.payload);
                var cycle = one.parameter == "cycleId" || !one.Path.Contains("supervision/queue", StringComparison.Ordinal) ? "" : $"&cycleId={scene.CycleId}";
                var answer = await scene.AskAsync(who, "GET", $"{one.Path.Replace("{A1}", scene.Owners["A1"].Id.ToString(), StringComparison.Ordinal)}?{one.parameter}={value}{cycle}");
                Assert.True(answer.Status < 500, $"{answer.Status} for {answer.Said}: {answer.Body}\n{(answer.Status < 500 ? "" : scene.LastWordsOf(one.Path))}");
                Assert.DoesNotContain("Set-Cookie", answer.Headers, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("Npgsql", answer.Body, StringComparison.OrdinalIgnoreCase);
                scene.ShowsOnlyOwn(who, answer);
            });
    });
}
