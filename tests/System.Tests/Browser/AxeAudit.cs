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

    /// <summary>What it finds wrong with a page that has come to rest: one that gave way to the next meanwhile is looked at again.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(IPage page)
    {
        await page.EvaluateAsync(Axe);
        while (true)
        {
            await Assertions.Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
            var before = await SeenAsync(page);
            var faults = JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Audit))!;
            if (before == await SeenAsync(page))
            {
                return faults;
            }
        }
    }

    private static Task<string> SeenAsync(IPage page) => page.EvaluateAsync<string>(
        "location.href + document.querySelector('h1')?.textContent + (document.querySelector('main [aria-busy=true]') ? crypto.randomUUID() : '')");
}
