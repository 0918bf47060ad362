using System.Diagnostics;
using Gengdu.Benchmarks.Load;
using Gengdu.Benchmarks.Machine;

namespace Gengdu.Benchmarks.Measures;

/// <param name="Rate">Sign-ins a second: 49,000 people within two hours.</param>
/// <param name="SignIns">From the first redirect to the session, form and password check included.</param>
/// <param name="Keys">The key set meanwhile, 25 a second.</param>
/// <param name="Tokens">The token endpoint meanwhile: a provincial system's client_credentials, 25 a second.</param>
/// <param name="Pages">Signed-in people's reading meanwhile, 25 a second.</param>
/// <param name="Use">Of the processor.</param>
internal sealed record SignInResult(int Rate, Outcome SignIns, Outcome Keys, Outcome Tokens, Outcome Pages, ProcessorUse Use);

/// <summary>People sign in at a fixed rate while systems fetch keys and tokens and others work.</summary>
internal static class SignInFigure
{
    private const int Rate = 7;
    private const int OthersRate = 25;

    public static async Task<SignInResult> RunAsync(Bench bench, CancellationToken cancellationToken)
    {
        var (address, seconds) = (bench.Options.Address, bench.Options.Seconds);
        var keys = Request.Get(address, "/identity/jwks");
        var token = Request.Form(address, "/identity/token", $"grant_type=client_credentials&client_id={bench.Options.Client}&client_secret={bench.Options.ClientSecret}&resource=reporting");
        var pages = bench.Province.Approvers.Select(approver => Request.Get(address, "/api/reporting/cycles", ("Cookie", approver.CookieHeader))).ToArray();
        await SignInsAsync(bench, 4, cancellationToken);
        await bench.SettleAsync(cancellationToken);
        await bench.ReadFirstAsync(cancellationToken);
        using var keyLoop = new OpenLoop(address, OthersRate);
        using var tokenLoop = new OpenLoop(address, OthersRate);
        using var pageLoop = new OpenLoop(address, OthersRate);
        var count = OthersRate * seconds;
        var reading = bench.Processor.Read();
        var others = Task.WhenAll(
            keyLoop.RunAsync([.. Enumerable.Repeat(keys, count)], null, cancellationToken),
            tokenLoop.RunAsync([.. Enumerable.Repeat(token, count)], null, cancellationToken),
            pageLoop.RunAsync([.. Enumerable.Range(0, count).Select(n => pages[n % pages.Length])], null, cancellationToken));
        var signIns = await SignInsAsync(bench, seconds, cancellationToken);
        await others;
        return new(Rate, signIns, keyLoop.Outcome, tokenLoop.Outcome, pageLoop.Outcome, bench.Processor.Since(reading));
    }

    private static async Task<Outcome> SignInsAsync(Bench bench, int seconds, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var tally = new Tally();
        var running = new List<Task>();
        for (var n = 0; n < Rate * seconds; n++)
        {
            var due = started + (long)(n * (double)Stopwatch.Frequency / Rate);
            while (TimeProvider.System.GetTimestamp() < due)
            {
                await Task.Delay(1, cancellationToken);
            }

            running.Add(SignInAsync(bench, n, due, tally, cancellationToken));
        }

        await Task.WhenAll(running);
        return tally.ToOutcome(TimeProvider.System.GetElapsedTime(started));
    }

    private static async Task SignInAsync(Bench bench, int n, long due, Tally tally, CancellationToken cancellationToken)
    {
        var signedIn = await bench.Province.TrySignInAsync(n % bench.Options.Clients, cancellationToken);
        tally.Add(new Answer(signedIn ? 200 : 401, default), TimeProvider.System.GetElapsedTime(due));
    }
}
