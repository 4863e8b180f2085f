using System.Globalization;

namespace OssPayment.Emulator;

/// <summary>The options on the command line.</summary>
internal sealed record CommandLineOptions(bool Json, int Buckets, int Port)
{
    public const string Usage =
        """
        usage: dotnet run --project tests/Emulator -- [--json] [--buckets N] [--port N]

          --json       print one line of JSON, then run until standard input is closed
          --buckets N  start with N further buckets, fleet-000000 and so on, over all regions
          --port N     the port for http (by default, the system chooses)
        """;

    /// <summary>Parses the arguments. Returns null if they are not valid; the message then says why.</summary>
    public static CommandLineOptions? Parse(string[] arguments, out string message)
    {
        var options = new CommandLineOptions(false, 0, 0);
        message = "";
        for (int index = 0; index < arguments.Length; index++)
        {
            string name = arguments[index];
            if (name == "--json")
            {
                options = options with { Json = true };
                continue;
            }

            string value = index + 1 < arguments.Length ? arguments[index + 1] : "";
            bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            switch (name)
            {
                case "--buckets" when isNumber:
                    options = options with { Buckets = number };
                    break;
                case "--port" when isNumber:
                    options = options with { Port = number };
                    break;
                case "--buckets" or "--port":
                    message = $"{name} needs a number.";
                    return null;
                default:
                    message = $"Unknown option: {name}";
                    return null;
            }

            index++;
        }

        return options;
    }
}
