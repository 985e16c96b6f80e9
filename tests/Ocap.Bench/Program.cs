using System.Globalization;
using Ocap.Bench;
using Ocap.Bench.Driving;
using Ocap.Bench.Figures;
using Ocap.Bench.Machine;

const double MostBusy = 0.15;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 1;
}

double busy = Machine.BusyShare();
string machine = string.Create(CultureInfo.InvariantCulture, $"{Machine.Describe()}; {busy:P0} busy before");
if (busy > MostBusy && !options.Force)
{
    Console.Error.WriteLine($"This machine is {busy:P0} busy with other things: figures from it would mean little. Wait, or add --force.");
    return 1;
}

DirectoryInfo folder = Directory.CreateTempSubdirectory("ocap-bench-");
FigureTable table = new();
try
{
    Setting setting = new(options, folder.FullName);
    using Home home = setting.NewHome();
    home.Ocap("daemon", "start");
    string root = home.Launch(setting.Bundle, setting.Bundle);
    for (int round = 0; round < options.Rounds; round++)
    {
        Round(setting, home, root);
    }

    if (options.Wants("idleness"))
    {
        Residence.MeasureIdleness(table, setting);
    }

    if (options.Wants("growth"))
    {
        Growth.Measure(table, setting);
    }
}
finally
{
    folder.Delete(recursive: true);
}

table.Add(new FileInfo(options.Ocap).Length / 1_000_000.0, "the executable", "MB", target: 20);
if (options.Json)
{
    using Stream output = Console.OpenStandardOutput();
    table.WriteJson(output, machine);
}
else
{
    Console.WriteLine(machine);
    table.WriteText(Console.Out);
}

return 0;

// Everything once, so that whatever disturbs the machine for a while disturbs all figures alike.
void Round(Setting setting, Home home, string root)
{
    if (options.Wants("commands"))
    {
        Commands.Measure(table, setting, home);
    }

    if (options.Wants("requests"))
    {
        Requests.Measure(table, setting, home, root);
    }

    if (options.Wants("deliveries"))
    {
        Deliveries.Measure(table, home, root);
        if (setting.ObjectsBundle is not null)
        {
            Deliveries.MeasureExos(table, setting);
        }
    }

    if (options.Wants("liveslots") && setting.ObjectsBundle is not null)
    {
        Liveslots.Measure(table, setting);
    }

    if (options.Wants("launches"))
    {
        Launches.Measure(table, setting);
    }

    if (options.Wants("residence"))
    {
        Residence.Measure(table, setting);
        if (setting.ObjectsBundle is not null)
        {
            Residence.MeasurePackages(table, setting);
        }
    }
}
