using System.Net;
using System.Net.Sockets;

namespace Gengdu.Gateway.Tests.Running;

internal static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task ReadyAsync(string address)
    {
        using var http = new HttpClient();
        for (var attempt = 0; !(await http.GetAsync(new Uri($"{address}/health/ready"))).IsSuccessStatusCode; attempt++)
        {
            Assert.True(attempt < 400, $"{address} does not get ready");
            await Task.Delay(50);
        }
    }
}
