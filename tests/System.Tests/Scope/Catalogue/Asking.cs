using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope.Catalogue;

/// <summary>Single requests of the catalogue.</summary>
internal static class Asking
{
    public static Task<Answer> AskAsync(this Scene scene, string who, string method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        scene.AskAsync(Cast.Find(who), method, path, body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web), headers);

    public static Task<Answer> AskTextAsync(this Scene scene, string who, string method, string path, string type, string content, params (string Name, string Value)[] headers) =>
        scene.AskAsync(Cast.Find(who), method, path, new StringContent(content, Encoding.UTF8, type), headers);

    public static async Task<Answer> AskAsync(this Scene scene, Identity who, string method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new(method), path) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd("en");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Answer.AskAsync(scene, who, path.Split('/', '?')[2], request, TestContext.Current.CancellationToken);
    }

    /// <summary>What a service last wrote: for an answer that must not be.</summary>
    public static string LastWordsOf(this Scene scene, string path) =>
        string.Join('\n', scene.Platform[path.Split('/', '?')[2]].Output.Split('\n').Where(line => line.Contains("\"Error\"", StringComparison.Ordinal)).TakeLast(2));

    public static JsonNode Json(this Answer answer)
    {
        Assert.True(answer.IsFine, $"{answer.Status} {answer.Body}");
        return JsonNode.Parse(answer.Body)!;
    }

    public static int Total(this Answer answer) => answer.Json()["total"]!.GetValue<int>();

    public static string IfMatch(long version) => $"\"v{version.ToString(global::System.Globalization.CultureInfo.InvariantCulture)}\"";

    /// <summary>The answer shows nobody whom the asker may not see.</summary>
    public static void ShowsOnlyOwn(this Scene scene, string who, Answer answer)
    {
        var identity = Cast.Find(who);
        var shown = scene.Canaries.In($"{answer.Headers}\n{answer.Body}", answer.Said).Where(mark => !Canaries.MaySee(identity, mark.Place, mark.Kind)).Distinct().ToList();
        Assert.True(shown.Count == 0, $"{who} was shown {string.Join(", ", shown)} by {answer.Said}");
    }

    /// <summary>No row is another after than before.</summary>
    public static async Task UnchangedAsync(this Scene scene, Func<Task> act)
    {
        var cancel = TestContext.Current.CancellationToken;
        await scene.Rows.SettleAsync(cancel);
        var before = await scene.Rows.ChecksumsAsync(cancel);
        await act();
        var after = await scene.Rows.ChecksumsAsync(cancel);
        Assert.Empty(after.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key));
    }
}
