using Gengdu.Benchmarks.Load;
using Microsoft.Playwright;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Keystrokes">From the input event until the browser has painted what it changed.</param>
/// <param name="Cells">Cells of the form; those far from the screen are not drawn.</param>
internal sealed record TypingResult(Percentiles Keystrokes, int Cells);

/// <summary>A reporter types into the middle of a table of 300 rows at a desk: 1440 × 900, nothing slowed down.</summary>
internal static class TypingFigure
{
    private const string Module = "teaching-staff";
    private const string Cell = "roster/r150/hours";
    private const int Rows = 300;
    private const int Columns = 7;
    private const int Strokes = 60;

    private const string FillRows = """
        async (rows) => {
          const path = location.pathname.split('/')
          const report = await (await fetch(`/api/reporting/reports/${path[2]}`)).json()
          const { id } = report.modules.find(({ key }) => key === path[4])
          const tag = (await fetch(`/api/reporting/module-reports/${id}`)).headers.get('etag')
          const changes = Array.from({ length: rows }, (_, n) => ({ at: `roster/r${n + 1}`, value: { staff_ref: `T${n}`, major: '园艺', hours: n % 20, trained_hours: n % 50 } }))
          const saved = await fetch(`/api/reporting/module-reports/${id}/values`, { method: 'PATCH', body: JSON.stringify({ changes, explanations: [] }),
            headers: { 'Content-Type': 'application/json', 'If-Match': tag, 'X-Gengdu-Request': '1' } })
          return saved.status
        }
        """;

    // The message comes after the frame that the input asked for: what it waited for is on the screen.
    private const string Listen = """
        () => {
          window.strokes = []
          document.addEventListener('input', () => {
            const began = performance.now()
            requestAnimationFrame(() => {
              const after = new MessageChannel()
              after.port1.onmessage = () => window.strokes.push(performance.now() - began)
              after.port2.postMessage(0)
            })
          }, true)
        }
        """;

    public static async Task<TypingResult> RunAsync(IBrowser browser, Uri address, Draft draft, CancellationToken cancellationToken)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "zh-CN" });
        await PhoneFigure.SignInAsync(context, address, draft.Cookie);
        var page = await context.NewPageAsync();
        var form = new Uri(address, draft.Page[..(draft.Page.LastIndexOf('/') + 1)] + Module).ToString();
        await page.GotoAsync(form);
        await page.Locator(PhoneFigure.Typeable).First.WaitForAsync();
        if (await page.EvaluateAsync<int>(FillRows, Rows) != 200)
        {
            throw new InvalidOperationException("The rows to type into were not stored");
        }

        await page.GotoAsync(form);
        await page.Locator(PhoneFigure.Typeable).First.WaitForAsync();
        await page.EvaluateAsync($"() => window.dispatchEvent(new CustomEvent('gengdu:reveal', {{ detail: '{Cell}' }}))");
        await page.Locator($"[data-at=\"{Cell}\"]").ClickAsync();
        await page.EvaluateAsync(Listen);
        for (var n = 0; n < Strokes; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await page.Keyboard.PressAsync(n % 2 == 0 ? "1" : "Backspace");
            await page.WaitForTimeoutAsync(130);
        }

        return new(Percentiles.Of(await page.EvaluateAsync<double[]>("() => window.strokes")), Rows * Columns);
    }
}
