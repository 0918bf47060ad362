using System.Diagnostics;
using System.Text.Json;

namespace Gengdu.Rules.Tests.Agreement;

/// <summary>The browser's rule engine, run by node: web/scripts/evaluate-cases.mjs.</summary>
internal static class NodeEngine
{
    public static async Task<IReadOnlyList<JsonElement>> AnswerAsync(string head, IReadOnlyList<string> cases, CancellationToken cancellationToken)
    {
        var web = Repository.Path("web");
        // Not a skip: without this comparison nothing says that a form shows what the server decides.
        Assert.True(Directory.Exists(Path.Combine(web, "node_modules", "@marcbachmann", "cel-js")), "web/node_modules is missing: run `npm ci` in web/ first");
        var start = new ProcessStartInfo("node", "scripts/evaluate-cases.mjs")
        {
            WorkingDirectory = web, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false), StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        var complaints = node.StandardError.ReadToEndAsync(cancellationToken);
        var writing = WriteAsync(node.StandardInput, head, cases, cancellationToken);
        var answers = new List<JsonElement>(cases.Count);
        while (await node.StandardOutput.ReadLineAsync(cancellationToken) is { } line) answers.Add(JsonDocument.Parse(line).RootElement);
        await node.WaitForExitAsync(cancellationToken);
        Assert.True(node.ExitCode == 0, $"node ended with {node.ExitCode}: {await complaints}");
        await writing;
        Assert.Equal(cases.Count, answers.Count);
        return answers;
    }

    private static async Task WriteAsync(StreamWriter input, string head, IReadOnlyList<string> cases, CancellationToken cancellationToken)
    {
        try
        {
            await input.WriteLineAsync(head.AsMemory(), cancellationToken);
            foreach (var line in cases) await input.WriteLineAsync(line.AsMemory(), cancellationToken);
            input.Close();
        }
        catch (IOException)
        {
            // node ended early; its exit code and complaint say why.
        }
    }
}
