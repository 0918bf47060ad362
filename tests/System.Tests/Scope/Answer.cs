using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Gengdu.System.Tests.Scope.World;

namespace Gengdu.System.Tests.Scope;

/// <summary>What came back, in full: status, headers, and a body in which packed files are unpacked.</summary>
internal sealed record Answer(int Status, string Headers, string Body, string Said)
{
    public bool IsFine => Status is >= 200 and < 300;

    public static async Task<Answer> AskAsync(Scene scene, Identity who, string service, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await scene.TokenAsync(who, service, cancellationToken) is { } token)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return await SendAsync(scene, request, cancellationToken);
    }

    public static async Task<Answer> SendAsync(Scene scene, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What the request itself says may come back: an id in "instance", a code in an error.
        var said = $"{request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken))}";
        using (request)
        using (var answer = await scene.SendAsync(request, cancellationToken))
        {
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
            return new((int)answer.StatusCode, headers, Unpacked(bytes), Uri.UnescapeDataString(said));
        }
    }

    /// <summary>A problem without what differs from request to request, so that two refusals can be compared letter by letter.</summary>
    public string Refusal()
    {
        if (!Body.StartsWith('{') || JsonNode.Parse(Body) is not JsonObject problem)
        {
            return $"{Status} {Body}";
        }

        problem.Remove("traceId");
        problem.Remove("instance");
        return $"{Status} {problem.ToJsonString()}";
    }

    /// <summary>Whether it is a problem as all are: the same members, nothing beside them.</summary>
    public bool IsProblem() => Headers.Contains("application/problem+json", StringComparison.Ordinal) && JsonNode.Parse(Body) is JsonObject problem
        && new[] { "type", "title", "status", "detail", "instance", "code", "messages", "traceId" }.All(problem.ContainsKey)
        && problem.Count <= 9;

    private static string Unpacked(byte[] bytes)
    {
        // Zip, and what is one: XLSX.
        if (bytes is not [0x50, 0x4B, 0x03, 0x04, ..])
        {
            return Encoding.UTF8.GetString(bytes);
        }

        using var archive = new ZipArchive(new MemoryStream(bytes));
        var text = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using (var part = entry.Open())
            {
                part.CopyTo(content);
            }

            text.Append(entry.FullName).Append('\n').Append(Unpacked(content.ToArray())).Append('\n');
        }

        return text.ToString();
    }
}
