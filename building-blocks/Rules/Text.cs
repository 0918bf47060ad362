namespace Gengdu.Rules;

/// <summary>A text a person reads: always Chinese and English, Chinese first.</summary>
public sealed record Text(string Zh, string En);
