using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gengdu.Identity.Notices;

/// <summary>
/// A signed POST of JSON: the HTTP gateway for messages, and webhooks. The receiver proves who sent it and when by
/// "Gengdu-Signature: t=&lt;unix&gt;,v1=&lt;hex hmac-sha256 of 't.body'&gt;", and knows a repetition by "Gengdu-Delivery".
/// </summary>
internal sealed class PostChannel(string name, Uri address, string secret, HttpClient http, Func<Outgoing, object> body, TimeProvider clock) : IChannel
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => name;

    public bool Gathers => false;

    public async Task SendAsync(IReadOnlyList<Outgoing> messages, Func<Outgoing, Outcome, Task> settle, CancellationToken cancellationToken)
    {
        foreach (var outgoing in messages)
        {
            var outcome = await PostAsync(outgoing, cancellationToken);
            await settle(outgoing, outcome);
            if (outcome is Outcome.Away)
            {
                return;
            }
        }
    }

    public static string Sign(string secret, long unix, string body) =>
        $"t={unix},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{unix}.{body}"))))}";

    private async Task<Outcome> PostAsync(Outgoing outgoing, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(body(outgoing), Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        request.Headers.Add("Gengdu-Delivery", outgoing.Id);
        request.Headers.Add("Gengdu-Signature", Sign(secret, clock.GetUtcNow().ToUnixTimeSeconds(), text));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)answer.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new Outcome.Sent(),
                // 410 and 422: this one for good. A wrong key, a wrong path or too many at once is for the operator or for later.
                410 or 422 => new Outcome.Refused($"{status}"),
                429 or >= 500 => new Outcome.Away($"{status}"),
                _ => new Outcome.Failed($"{status}"),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Outcome.Away(fault.GetType().Name);
        }
    }
}
