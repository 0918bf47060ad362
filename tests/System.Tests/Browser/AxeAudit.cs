using System.Text.Json;
using Gengdu.TestKit;
using Microsoft.Playwright;

namespace Gengdu.System.Tests.Browser;

/// <summary>axe-core on the page shown.</summary>
internal static class AxeAudit
{
    private const string Audit = """
        async () => {
          const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
          return JSON.stringify(found.violations.map(v => `${v.id} (${v.impact}): ${v.help}\n` + v.nodes.slice(0, 3).map(n => `    ${n.target.join(' ')}  ${n.any.concat(n.all, n.none).map(c => c.message).slice(0, 1)}`).join('\n')))
        }
        """;

    private static readonly string Axe = File.ReadAllText(RepositoryRoot.Combine("web", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>What it finds wrong.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        return JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Audit))!;
    }
}
