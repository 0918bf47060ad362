using System.Globalization;
using System.Text.Json.Nodes;
using Gengdu.Province.Api;
using Gengdu.Province.Values;

namespace Gengdu.Province.Play;

/// <summary>One module, as a reporter and an approver do it: save, see results, correct, explain, mark complete, sign.</summary>
internal static class FillModule
{
    private static readonly string[] Reasons =
    [
        "本学期实际情况如此，已与教务处核对。", "学校规模小，教师多为兼任，情况属实。", "经费于下半年拨付，凭证齐全，情况属实。", "已向中心校说明，数据经校务会核对无误。",
    ];

    /// <summary>Saves the values (a planned mistake first, when given), corrects what the rules found, explains the warnings.</summary>
    /// <returns>The version after the last save.</returns>
    public static async Task<long> SaveAsync(
        Session reporter, Guid id, long version, Dictionary<string, object?> values, List<object>? mistake, Random random, CancellationToken cancellationToken)
    {
        var saved = await PatchAsync(reporter, id, version, Changes.Of(values), [], cancellationToken);
        if (mistake is not null)
        {
            saved = await PatchAsync(reporter, id, VersionOf(saved), mistake, [], cancellationToken);
            if (!Results(saved).Any(r => r["severity"]!.GetValue<string>() == "error"))
            {
                throw new InvalidOperationException($"A planned mistake was not caught by any rule in module report {id}");
            }

            saved = await PatchAsync(reporter, id, VersionOf(saved), Changes.Of(values), [], cancellationToken);
        }

        var error = Results(saved).FirstOrDefault(r => r["severity"]!.GetValue<string>() is "error" or "broken");
        if (error is not null)
        {
            throw new InvalidOperationException($"The values made for module report {id} break {error.ToJsonString()}");
        }

        var toExplain = Results(saved).Where(r => r["severity"]!.GetValue<string>() == "warning" && !r["explained"]!.GetValue<bool>())
            .Select(r => (object)new { rule = r["rule"]!.GetValue<string>(), at = r["at"]!.AsArray().FirstOrDefault()?.GetValue<string>(), text = Reasons[random.Next(Reasons.Length)] }).ToList();
        return toExplain.Count == 0 ? VersionOf(saved) : VersionOf(await PatchAsync(reporter, id, VersionOf(saved), [], toExplain, cancellationToken));
    }

    public static async Task<long> CompleteAsync(Session reporter, Guid id, long version, CancellationToken cancellationToken) =>
        VersionOf(await reporter.PostAsync($"/api/reporting/module-reports/{id}/completion", new { }, cancellationToken, IfMatch(version)));

    public static Task<JsonNode> SignAsync(Session approver, Guid id, long version, CancellationToken cancellationToken) =>
        approver.PostAsync($"/api/reporting/module-reports/{id}/submission", new { statement = true }, cancellationToken,
            IfMatch(version), ("Idempotency-Key", $"{id:N}-{version.ToString(CultureInfo.InvariantCulture)}"));

    private static Task<JsonNode> PatchAsync(Session reporter, Guid id, long version, List<object> changes, List<object> explanations, CancellationToken cancellationToken) =>
        reporter.PatchAsync($"/api/reporting/module-reports/{id}/values", new { changes, explanations }, version, cancellationToken);

    private static (string, string) IfMatch(long version) => ("If-Match", $"\"v{version.ToString(CultureInfo.InvariantCulture)}\"");

    private static IEnumerable<JsonNode> Results(JsonNode saved) => saved["results"]!.AsArray().Select(r => r!);

    private static long VersionOf(JsonNode answer) => (answer["version"] ?? answer["$version"])!.GetValue<long>();
}
