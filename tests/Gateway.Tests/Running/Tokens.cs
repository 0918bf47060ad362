using System.Buffers.Text;
using System.Text;

namespace Gengdu.Gateway.Tests.Running;

/// <summary>Tokens that look right and are signed by nobody: the gateway passes them on, a real service would refuse them.</summary>
internal static class Tokens
{
    public static string Of(string head, string body, string signature = "c2lnbmF0dXJl") => $"Bearer {Part(head)}.{Part(body)}.{signature}";

    public static (string, string) For(string service, string who = "somebody") =>
        ("Authorization", Of("{\"alg\":\"PS256\",\"typ\":\"at+jwt\"}", $"{{\"aud\":\"{service}\",\"sub\":\"{who}\"}}"));

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
