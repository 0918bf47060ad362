using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gengdu.Benchmarks.Load;

namespace Gengdu.Benchmarks.Bare;

/// <summary>The bare pipeline as two processes of its own, as ours are.</summary>
internal sealed class BarePipeline : IDisposable
{
    private readonly List<Process> _processes = [];
    private readonly byte[] _request;

    private BarePipeline(Uri address, byte[] request, byte[] dashboard) => (Address, _request, Dashboard) = (address, request, dashboard);

    public Uri Address { get; }

    /// <summary>The process that consumes and counts; with a broker only.</summary>
    public int Projection => _processes[^1].Id;

    /// <summary>Asks how many submissions are counted; with a broker only.</summary>
    public byte[] Dashboard { get; }

    /// <param name="postgres">Of the tables.</param>
    /// <param name="sample">What is written.</param>
    /// <param name="broker">With one, what is written is also published, consumed and counted: the whole way, bare.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<BarePipeline> StartAsync(string postgres, SampleRow sample, Uri? broker, CancellationToken cancellationToken)
    {
        var (token, publicKey) = BareToken.Create();
        var settings = new BareSettings(FreeAddress(), FreeAddress(), broker is null ? null : FreeAddress(), postgres, broker, publicKey, sample);
        var request = Request.Post(settings.Gateway, "/submissions", sample.Values, ("Authorization", $"Bearer {token}"));
        var pipeline = new BarePipeline(settings.Gateway, request, Request.Get(settings.Gateway, "/dashboard", ("Authorization", $"Bearer {token}")));
        pipeline._processes.Add(Start("bare-intake", settings));
        pipeline._processes.Add(Start("bare-gateway", settings));
        if (broker is not null)
        {
            pipeline._processes.Add(Start("bare-projection", settings));
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var connection = new HttpConnection(settings.Gateway);
        var ready = Request.Get(settings.Gateway, "/ready", ("Authorization", $"Bearer {token}"));
        while (!(await connection.SendAsync(ready, patience.Token)).Succeeded || (broker is not null && !(await connection.SendAsync(pipeline.Dashboard, patience.Token)).Succeeded))
        {
            await Task.Delay(200, patience.Token);
        }

        return pipeline;
    }

    public Task<Outcome> ClosedLoopAsync(int clients, TimeSpan window, CancellationToken cancellationToken) =>
        ClosedLoop.RunAsync(Address, [.. Enumerable.Repeat(Endless(), clients)], window, cancellationToken);

    public IReadOnlyList<byte[]> Requests(int count) => [.. Enumerable.Repeat(_request, count)];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit(5000);
            process.Dispose();
        }
    }

    private IEnumerable<byte[]> Endless()
    {
        while (true)
        {
            yield return _request;
        }
    }

    private static Process Start(string verb, BareSettings settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(BarePipeline).Assembly.Location, verb]) { UseShellExecute = false };
        start.Environment[BareSettings.Variable] = settings.Write();
        start.Environment["DOTNET_gcServer"] = "0";
        return Process.Start(start)!;
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
