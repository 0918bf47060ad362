namespace Gengdu.ServiceDefaults;

/// <summary>One text a person sees, always in both languages. Serialises as {"zh":…,"en":…}.</summary>
/// <param name="Zh">Chinese, shown unless the caller asks for English.</param>
/// <param name="En">English.</param>
public sealed record Text(string Zh, string En)
{
    /// <summary>The text in the language asked for: "en" gives English, anything else Chinese.</summary>
    public string In(string language) => language == "en" ? En : Zh;
}
