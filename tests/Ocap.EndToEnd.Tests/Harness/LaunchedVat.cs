namespace Ocap.EndToEnd.Tests.Harness;

/// <summary>A vat of a subcluster to be launched.</summary>
/// <param name="Name">Its name in the subcluster.</param>
/// <param name="Bundle">A name under <c>vats/</c>, or the path of a <c>.bundle</c>.</param>
/// <param name="Parameters">JSON, or null for none.</param>
/// <param name="More">Further members of its configuration, each behind a comma.</param>
/// <param name="Options">Its <c>creationOptions</c>, JSON, or null for none.</param>
internal sealed record LaunchedVat(string Name, string Bundle, string? Parameters = null, string More = "", string? Options = null)
{
    internal async Task<string> ConfigAsync()
    {
        string path = Bundle.EndsWith(".bundle", StringComparison.Ordinal) ? Bundle : await VatBundles.PathAsync(Bundle);
        string parameters = Parameters is null ? "" : $",\"parameters\":{Parameters}";
        string options = Options is null ? "" : $",\"creationOptions\":{Options}";
        return $"\"{Name}\":{{\"bundleSpec\":\"{new Uri(path).AbsoluteUri}\"{parameters}{options}{More}}}";
    }
}
