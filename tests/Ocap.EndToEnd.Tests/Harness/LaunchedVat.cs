namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A vat of a subcluster to be launched.</summary>
/// <param name="Name">Its name in the subcluster.</param>
/// <param name="Bundle">A name under <c>vats/</c>, or the path of a <c>.bundle</c>.</param>
/// <param name="Parameters">JSON, or null for none.</param>
/// <param name="More">Further members of its configuration, each behind a comma.</param>
internal sealed record LaunchedVat(string Name, string Bundle, string? Parameters = null, string More = "")
{
    internal async Task<string> ConfigAsync()
    {
        string path = Bundle.EndsWith(".bundle", StringComparison.Ordinal) ? Bundle : await VatBundles.PathAsync(Bundle);
        string parameters = Parameters is null ? "" : $",\"parameters\":{Parameters}";
        return $"\"{Name}\":{{\"bundleSpec\":\"{new Uri(path).AbsoluteUri}\"{parameters}{More}}}";
    }
}
